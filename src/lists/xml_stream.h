// XML as a stream of elements, over expat.
//
// Names are local names: the prefix and namespace of a publisher's schema change more often than its elements do, so
// readers go by the name and only recognition looks at the namespace. Document type declarations are refused as a
// whole, which leaves no entity to expand and nothing external to fetch; expat's own amplification limit stays on
// behind that. What is one piece in XML (a tag, an attribute, the text of an element) is bounded, and so is the depth,
// so that memory does not grow with the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

struct XML_ParserStruct;

namespace interdict::lists {

struct XmlAttribute {
  std::string_view name;  // local name
  std::string_view value;
};

/// A start tag; its views live until `XmlHandler::start` returns.
struct XmlTag {
  std::string_view space;  // namespace, empty for none
  std::string_view name;   // local name
  std::span<const XmlAttribute> attributes;

  /// Empty when absent.
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
};

struct XmlLimits {
  std::size_t piece_bytes = std::size_t{4} << 20;  // one tag, comment or text of an element
  std::size_t depth = 32;                          // publishers' lists reach 10
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(const XmlTag& tag) = 0;
  /// `text` is the element's own text, without that of its children and without outer white space; it lives until the
  /// call returns.
  virtual void end(std::string_view name, std::string_view text) = 0;
};

/// Feeds bytes through expat to a handler. Errors carry the file's name, line and column; after the first one nothing
/// more is read.
class XmlStream {
 public:
  XmlStream(std::string file, XmlHandler& handler, XmlLimits limits = {});
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;
  ~XmlStream();

  Result<void> feed(std::string_view bytes);
  /// The end of the file: an element still open or no element at all is an Error.
  Result<void> finish();

  /// For the handler: ends the read with this error, the place filled in where it is empty.
  void stop(Error error);
  /// Whether an error has ended the read; the handler gets no more calls then.
  [[nodiscard]] bool stopped() const { return error_.has_value(); }
  /// Where the parser stands: at the tag being handled.
  [[nodiscard]] Place place() const;

 private:
  struct Callbacks;
  struct FreeParser {
    void operator()(XML_ParserStruct* parser) const;
  };

  void open(const char* name, const char** attributes);
  void close(const char* name);
  void append(std::string_view text);
  Result<void> parse(std::string_view bytes, bool last);

  std::string file_;
  XmlHandler& handler_;
  XmlLimits limits_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::vector<std::string> texts_;  // of the open elements; strings past depth_ are kept for their memory
  std::vector<XmlAttribute> attributes_;
  std::size_t depth_ = 0;
  std::uint64_t fed_ = 0;
  std::optional<Error> error_;
};

}  // namespace interdict::lists
