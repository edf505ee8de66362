# What is installed, and the packages of it. `cmake --build build/package --target installed_files` makes the files,
# `cmake --install build/package --strip` installs them, `ci/package` packs them.
include(GNUInstallDirs)

set(installed ${CMAKE_BINARY_DIR}/installed)
file(MAKE_DIRECTORY ${installed})

# streamgauge_prints(FILE ARGUMENT...): a file that holds what `streamgauge ARGUMENT...` prints.
function(streamgauge_prints file)
  add_custom_command(OUTPUT ${installed}/${file} COMMAND streamgauge ${ARGN} > ${installed}/${file}
    DEPENDS streamgauge VERBATIM)
endfunction()

streamgauge_prints(streamgauge.1 man)
streamgauge_prints(streamgauge.bash completion bash)
streamgauge_prints(_streamgauge completion zsh)
streamgauge_prints(streamgauge.fish completion fish)
add_custom_command(OUTPUT ${installed}/streamgauge.1.gz
  COMMAND gzip --best --no-name --keep --force ${installed}/streamgauge.1 DEPENDS ${installed}/streamgauge.1 VERBATIM)

set(packager "streamgauge maintainers <maintainers@streamgauge.invalid>")
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${installed}/changelog "streamgauge (${PROJECT_VERSION}) stable; urgency=medium\n\n"
  "  * Version ${PROJECT_VERSION}.\n\n -- ${packager}  ${today}\n")
add_custom_command(OUTPUT ${installed}/changelog.gz
  COMMAND gzip --best --no-name --keep --force ${installed}/changelog DEPENDS ${installed}/changelog VERBATIM)

# Whose work besides ours is inside the program: their licences ask to be passed on with it.
set(licences)
if(EXISTS ${CMAKE_SOURCE_DIR}/LICENSE)
  list(APPEND licences ${CMAKE_SOURCE_DIR}/LICENSE)
endif()
file(WRITE ${installed}/page "The page of a report contains uPlot:\n\n")
list(APPEND licences ${installed}/page ${CMAKE_SOURCE_DIR}/report/web/node_modules/uplot/LICENSE)
if(EXISTS /usr/share/doc/libcli11-dev/copyright)
  file(WRITE ${installed}/command-line "\nThe command line is read by CLI11:\n\n")
  list(APPEND licences ${installed}/command-line /usr/share/doc/libcli11-dev/copyright)
endif()
# After the program, because its page is what fetches uPlot.
add_custom_command(OUTPUT ${installed}/copyright COMMAND ${CMAKE_COMMAND} -E cat ${licences} > ${installed}/copyright
  DEPENDS streamgauge VERBATIM)

add_custom_target(installed_files ALL DEPENDS streamgauge ${installed}/streamgauge.1.gz ${installed}/streamgauge.bash
  ${installed}/_streamgauge ${installed}/streamgauge.fish ${installed}/changelog.gz ${installed}/copyright)

# Installing and packing take what is built, and build no tests.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(TARGETS streamgauge RUNTIME)
install(FILES ${installed}/streamgauge.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${installed}/streamgauge.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME streamgauge)
install(FILES ${installed}/_streamgauge DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${installed}/streamgauge.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
# The samples name their schema as the file beside them. Not under doc/, which images of containers leave out.
file(GLOB samples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scenarios/*.yaml ${CMAKE_SOURCE_DIR}/scenarios/*.jsonl)
install(FILES ${samples} ${CMAKE_SOURCE_DIR}/scenarios/schema.json ${CMAKE_SOURCE_DIR}/scenarios/README.md
  DESTINATION ${CMAKE_INSTALL_DATADIR}/streamgauge/scenarios)
file(CREATE_LINK ../../streamgauge/scenarios ${installed}/examples SYMBOLIC)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${installed}/changelog.gz ${installed}/copyright ${installed}/examples
  DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME streamgauge)
set(CPACK_PACKAGE_VENDOR streamgauge)
set(CPACK_PACKAGE_CONTACT ${packager})
string(TOLOWER ${CMAKE_SYSTEM_NAME} system)
set(CPACK_PACKAGE_FILE_NAME streamgauge-${PROJECT_VERSION}-${system}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "latency benchmark and load test for LLM streams")
set(CPACK_PACKAGE_DESCRIPTION "streamgauge opens thousands of streaming connections to endpoints of language
models, stamps the first token and every token after it by the kernel's clock,
and reports TTFT, TPOT, inter-token latency and whether something on the way
holds the stream back. Its exit status gates a CI job. A simulated server is
part of it.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# For https:// endpoints.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
include(CPack)
