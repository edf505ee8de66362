#include "report/export/report_page.h"

#include "report/export/html.h"
#include "report/export/report_data.h"
#include "report/export/run_reader.h"

namespace streamgauge::report {

void write_report_page(const RunFolder& folder, const Summary& summary, const std::filesystem::path& file) {
    const auto timelines = load_timelines(folder.path());
    const auto page = html_report(summary, make_report_data(timelines, summary));
    if (file.empty()) {
        write_file(folder.report(), page);
    } else {
        write_output(file, page);
    }
}

}  // namespace streamgauge::report
