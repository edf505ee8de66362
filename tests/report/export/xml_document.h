#pragma once

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>

#include <memory>
#include <string>
#include <vector>

namespace streamgauge::report::testing {

/// An XML document as libxml2 reads it, which refuses what XML 1.0 forbids.
class XmlDocument {
  public:
    explicit XmlDocument(const std::string& text)
        : document_(xmlReadMemory(text.data(), static_cast<int>(text.size()), "text.xml", nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
                    &xmlFreeDoc) {}

    bool is_well_formed() const { return document_ != nullptr; }

    bool fits(const std::string& schema_file) const {
        const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
            xmlSchemaNewParserCtxt(schema_file.c_str()), &xmlSchemaFreeParserCtxt);
        const std::unique_ptr<xmlSchema, decltype(&xmlSchemaFree)> schema(xmlSchemaParse(parser.get()),
                                                                          &xmlSchemaFree);
        if (schema == nullptr || document_ == nullptr) return false;
        const std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> check(
            xmlSchemaNewValidCtxt(schema.get()), &xmlSchemaFreeValidCtxt);
        return xmlSchemaValidateDoc(check.get(), document_.get()) == 0;
    }

    /// The text of each node that an XPath expression names.
    std::vector<std::string> find(const std::string& path) const {
        std::vector<std::string> found;
        if (document_ == nullptr) return found;
        const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> context(
            xmlXPathNewContext(document_.get()), &xmlXPathFreeContext);
        const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> result(
            xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(path.c_str()), context.get()),
            &xmlXPathFreeObject);
        const auto* nodes = result == nullptr ? nullptr : result->nodesetval;
        for (int i = 0; nodes != nullptr && i < nodes->nodeNr; ++i) {
            const std::unique_ptr<xmlChar, void (*)(void*)> text(xmlNodeGetContent(nodes->nodeTab[i]),
                                                                 [](void* memory) { xmlFree(memory); });
            found.emplace_back(reinterpret_cast<const char*>(text.get()));
        }
        return found;
    }

  private:
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document_;
};

}  // namespace streamgauge::report::testing
