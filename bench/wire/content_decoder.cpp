#include "bench/wire/content_decoder.h"

#include "bench/wire/brotli_decoder.h"
#include "bench/wire/deflate_decoder.h"
#include "bench/wire/error.h"
#include "bench/wire/gzip_decoder.h"
#include "bench/wire/identity_decoder.h"
#include "bench/wire/token.h"
#include "bench/wire/zstd_decoder.h"

#include <array>

namespace streamgauge::wire {
namespace {

struct Coding {
    std::string_view name;
    std::string_view alias;  ///< another name for the same, or empty
    std::unique_ptr<ContentDecoder> (*make)();
};

template <class Decoder>
std::unique_ptr<ContentDecoder> make() {
    return std::make_unique<Decoder>();
}

/// Another coding is one more line here, and its file.
constexpr auto codings = std::to_array<Coding>({
    {"identity", "", make<IdentityDecoder>},
    {"gzip", "x-gzip", make<GzipDecoder>},
    {"deflate", "", make<DeflateDecoder>},
    {"br", "", make<BrotliDecoder>},
    {"zstd", "", make<ZstdDecoder>},
});

constexpr auto names = [] {
    std::array<std::string_view, codings.size()> result;
    for (std::size_t i = 0; i < codings.size(); ++i)
        result[i] = codings[i].name;
    return result;
}();

}  // namespace

boost::system::result<std::unique_ptr<ContentDecoder>> make_content_decoder(
    std::string_view content_encoding) {
    const auto name = trim(content_encoding);
    for (const auto& coding : codings) {
        if (equal_ignoring_case(name, coding.name) || equal_ignoring_case(name, coding.alias)) {
            return coding.make();
        }
    }
    return Error::unknown_content_coding;
}

std::span<const std::string_view> content_coding_names() {
    return names;
}

}  // namespace streamgauge::wire
