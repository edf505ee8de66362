# Writes OUTPUT, a source file that gives the text of INPUT back.
file(READ "${INPUT}" text)
string(LENGTH "${text}" length)
# A compiler need not take a literal longer than 65,536 bytes; neighbours are joined.
set(parts "")
set(start 0)
while(start LESS length)
  string(SUBSTRING "${text}" ${start} 8000 part)
  string(APPEND parts "           R\"products(${part})products\"\n")
  math(EXPR start "${start} + 8000")
endwhile()
file(WRITE "${OUTPUT}" "#include \"report/buffering/remedies/catalogue.h\"

namespace streamgauge::report {

std::string_view products_yaml() {
    return
${parts}        ;
}

}  // namespace streamgauge::report
")
