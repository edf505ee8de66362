#include "bench/cli/program.h"

int main(int count, char** arguments) {
    auto console = streamgauge::cli::process_console();
    return streamgauge::cli::run_program({arguments + 1, arguments + count}, console);
}
