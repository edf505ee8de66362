# Installs the page's npm packages from the lockfile, once for all build folders of this checkout.
# Usage: cmake -DNPM=npm -P install_packages.cmake
set(room ${CMAKE_CURRENT_LIST_DIR})
set(stamp ${room}/node_modules/.package-lock.json)
# The lock lies outside node_modules, which npm ci removes.
file(MAKE_DIRECTORY ${room}/dist)
file(LOCK ${room}/dist/packages.lock GUARD PROCESS TIMEOUT 600)
if(EXISTS ${stamp} AND NOT ${room}/package-lock.json IS_NEWER_THAN ${stamp})
  return()
endif()
message(STATUS "Installing the report page's packages")
execute_process(COMMAND ${NPM} ci --no-progress --loglevel=error WORKING_DIRECTORY ${room}
  RESULT_VARIABLE result OUTPUT_QUIET)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "npm ci failed in report/web: the report page needs its packages from the npm registry. "
    "Check the network, or run `npm ci` there by hand.")
endif()
file(TOUCH ${stamp})
