#include "bench/simulator/content_encoder.h"

#include "bench/simulator/brotli_encoder.h"
#include "bench/simulator/zlib_encoder.h"
#include "bench/simulator/zstd_encoder.h"

#include <algorithm>

namespace streamgauge::simulator {

namespace {

template <class Encoder, auto... arguments>
std::unique_ptr<ContentEncoder> make() {
    return std::make_unique<Encoder>(arguments...);
}

struct Coding {
    Encoding encoding;
    std::string_view name;
    std::unique_ptr<ContentEncoder> (*make)();
};

/// Another coding is one more line here, and its file.
constexpr Coding coding_names[] = {
    {Encoding::identity, "identity", [] { return std::unique_ptr<ContentEncoder>{}; }},
    {Encoding::gzip, "gzip", make<ZlibEncoder, ZlibEncoder::Wrapping::gzip>},
    {Encoding::deflate, "deflate", make<ZlibEncoder, ZlibEncoder::Wrapping::zlib>},
    {Encoding::br, "br", make<BrotliEncoder>},
    {Encoding::zstd, "zstd", make<ZstdEncoder>},
};

const Coding& coding(Encoding encoding) {
    return *std::ranges::find(coding_names, encoding, &Coding::encoding);
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
    return coding(encoding).name;
}

std::unique_ptr<ContentEncoder> make_content_encoder(Encoding encoding) {
    return coding(encoding).make();
}

}  // namespace streamgauge::simulator
