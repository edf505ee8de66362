# Writes OUTPUT, a source file that gives the text of INPUT back.
file(READ "${INPUT}" text)
file(WRITE "${OUTPUT}" "#include \"scenarios/loader.h\"

namespace streamgauge::scenarios {

std::string_view scenario_schema() {
    return R\"schema(${text})schema\";
}

}  // namespace streamgauge::scenarios
")
