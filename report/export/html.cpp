#include "report/export/html.h"

#include "report/export/comparison_json.h"
#include "report/export/escape.h"
#include "report/export/page_json.h"
#include "report/web/page.h"

#include <boost/json/serialize.hpp>

namespace streamgauge::report {

namespace {

std::string page_of(const boost::json::object& data) {
    std::string page{page_before_run()};
    page += script_json(boost::json::serialize(data));
    page += page_after_run();
    return page;
}

}  // namespace

std::string html_report(const Summary& summary, const ReportData& extras) {
    return page_of(page_json(summary, extras));
}

std::string html_comparison(const RunComparison& comparison) {
    return page_of({{"comparison", comparison_to_json(comparison)}});
}

}  // namespace streamgauge::report
