#include "lists/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include "lists/list_values.h"

namespace interdict::lists {
namespace {

// Between namespace and local name; cannot occur in either.
constexpr char separator = '\n';

// Bytes given to expat at once: it keeps an unfinished piece whole and scans it again with each call, so the size of
// the call bounds neither memory nor time by itself, but together with XmlLimits::piece_bytes it does.
constexpr std::size_t slice_bytes = std::size_t{256} << 10;

std::string_view local_name(std::string_view name) {
  const std::size_t at = name.rfind(separator);
  return at == std::string_view::npos ? name : name.substr(at + 1);
}

std::string_view space_of(std::string_view name) {
  const std::size_t at = name.rfind(separator);
  return at == std::string_view::npos ? std::string_view{} : name.substr(0, at);
}

}  // namespace

std::string_view XmlTag::attribute(std::string_view wanted) const {
  for (const XmlAttribute& attribute : attributes) {
    if (attribute.name == wanted) return attribute.value;
  }
  return {};
}

struct XmlStream::Callbacks {
  static void start(void* stream, const char* name, const char** attributes) {
    static_cast<XmlStream*>(stream)->open(name, attributes);
  }
  static void end(void* stream, const char* name) { static_cast<XmlStream*>(stream)->close(name); }
  static void text(void* stream, const char* bytes, int count) {
    static_cast<XmlStream*>(stream)->append({bytes, static_cast<std::size_t>(count)});
  }
  static void doctype(void* stream, const char*, const char*, const char*, int) {
    static_cast<XmlStream*>(stream)->stop(
        {Fault::bad_input, "document type declarations and entities are not accepted", {}});
  }
};

void XmlStream::FreeParser::operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }

XmlStream::XmlStream(std::string file, XmlHandler& handler, XmlLimits limits)
    : file_(std::move(file)), handler_(handler), limits_(limits), parser_(XML_ParserCreateNS(nullptr, separator)) {
  INTERDICT_ASSERT(parser_ != nullptr);
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), &Callbacks::start, &Callbacks::end);
  XML_SetCharacterDataHandler(parser_.get(), &Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_.get(), &Callbacks::doctype);
}

XmlStream::~XmlStream() = default;

Result<void> XmlStream::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view slice = bytes.substr(0, slice_bytes);
    bytes.remove_prefix(slice.size());
    if (auto parsed = parse(slice, false); !parsed) return parsed;
  }
  return {};
}

Result<void> XmlStream::finish() {
  if (!error_ && fed_ == 0) stop({Fault::bad_input, "the file is empty", {file_, 0, 0, {}}});
  return parse({}, true);
}

Result<void> XmlStream::parse(std::string_view bytes, bool last) {
  if (error_) return *error_;
  fed_ += bytes.size();
  const XML_Status status =
      XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last ? XML_TRUE : XML_FALSE);
  if (error_) return *error_;
  if (status == XML_STATUS_ERROR) {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    if (last && depth_ > 0) {
      stop({Fault::bad_input, fmt::format("the file is truncated: it ends inside {} open elements", depth_), {}});
    } else if (code == XML_ERROR_NO_ELEMENTS) {
      stop({Fault::bad_input, "the file holds no XML element", {}});
    } else {
      stop({Fault::bad_input, fmt::format("invalid XML: {}", XML_ErrorString(code)), {}});
    }
  }
  const auto pending = static_cast<std::int64_t>(fed_) - XML_GetCurrentByteIndex(parser_.get());
  if (!last && pending > static_cast<std::int64_t>(limits_.piece_bytes + slice_bytes)) {
    stop({Fault::limit, fmt::format("a tag or comment of more than {} bytes", limits_.piece_bytes), {}});
  }
  return error_ ? Result<void>(*error_) : Result<void>();
}

void XmlStream::stop(Error error) {
  if (error_) return;
  const Place here = place();
  if (error.place.file.empty()) error.place.file = here.file;
  if (error.place.line == 0 && fed_ > 0) {
    error.place.line = here.line;
    error.place.column = here.column;
  }
  error_ = std::move(error);
  XML_StopParser(parser_.get(), XML_FALSE);
}

Place XmlStream::place() const {
  return {file_, XML_GetCurrentLineNumber(parser_.get()), XML_GetCurrentColumnNumber(parser_.get()) + 1, {}};
}

void XmlStream::open(const char* name, const char** attributes) {
  if (error_) return;
  if (depth_ == limits_.depth) {
    stop({Fault::limit, fmt::format("elements nested more than {} deep", limits_.depth), {}});
    return;
  }
  if (texts_.size() == depth_) texts_.emplace_back();
  texts_[depth_].clear();
  ++depth_;
  attributes_.clear();
  for (; *attributes != nullptr; attributes += 2) attributes_.push_back({local_name(attributes[0]), attributes[1]});
  handler_.start({space_of(name), local_name(name), attributes_});
}

void XmlStream::close(const char* name) {
  if (error_) return;
  --depth_;
  handler_.end(local_name(name), trim(texts_[depth_]));
}

void XmlStream::append(std::string_view text) {
  if (error_ || depth_ == 0) return;
  std::string& into = texts_[depth_ - 1];
  if (into.size() + text.size() > limits_.piece_bytes) {
    stop({Fault::limit, fmt::format("the text of an element is longer than {} bytes", limits_.piece_bytes), {}});
    return;
  }
  into.append(text);
}

}  // namespace interdict::lists
