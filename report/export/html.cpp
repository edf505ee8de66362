#include "report/export/html.h"

#include "report/export/escape.h"
#include "report/export/page_json.h"
#include "report/web/page.h"

#include <boost/json/serialize.hpp>

namespace streamgauge::report {

std::string html_report(const Summary& summary, const ReportData& extras) {
    std::string page{page_before_run()};
    page += script_json(boost::json::serialize(page_json(summary, extras)));
    page += page_after_run();
    return page;
}

}  // namespace streamgauge::report
