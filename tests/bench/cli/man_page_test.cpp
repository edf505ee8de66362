#include "bench/cli/man_page.h"

#include <gtest/gtest.h>

namespace streamgauge::cli {
namespace {

TEST(ManPage, ReadsLikeThis) {
    const std::vector<CommandEntry> table{
        {"streamgauge", "It measures.", "", {}, {{{"--version"}, "", "Print the version"}}},
        {"run",
         "Run a scenario",
         "Examples:\n  run a\\b\n",
         {{{}, "FILE", "The scenario"}},
         {{{"-o", "--out"}, "DIR", ".hidden or 'not'"}}}};
    EXPECT_EQ(man_page(table),
              R"(.TH STREAMGAUGE 1 "" "streamgauge )" STREAMGAUGE_VERSION R"(" "User Commands"
.SH NAME
streamgauge \- latency benchmark and load test for streams of language models
.SH SYNOPSIS
.B streamgauge
.I COMMAND
[\fIOPTIONS\fR]
.SH DESCRIPTION
It measures.
.SH OPTIONS
.TP
\fB\-\-version\fR
Print the version
.SH COMMANDS
.SS run
Run a scenario.
.TP
\fIFILE\fR
The scenario
.TP
\fB\-o\fR, \fB\-\-out\fR \fIDIR\fR
\&.hidden or 'not'
.PP
.nf
Examples:
  run a\eb
.fi
)");
}

}  // namespace
}  // namespace streamgauge::cli
