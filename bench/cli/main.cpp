#include "bench/cli/program.h"

#include <csignal>

int main(int count, char** arguments) {
    // A limit on file sizes is then an error like a full disk, which is told, and a run goes on.
    std::signal(SIGXFSZ, SIG_IGN);
    auto console = streamgauge::cli::process_console();
    return streamgauge::cli::run_program({arguments + 1, arguments + count}, console);
}
