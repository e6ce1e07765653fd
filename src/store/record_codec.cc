#include "store/record_codec.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>

#include <algorithm>

namespace interdict::store {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, rapidjson::CrtAllocator,
                                 rapidjson::kWriteValidateEncodingFlag>;

bool write(Writer& writer, std::string_view text) {
  return writer.String(text.data() == nullptr ? "" : text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

bool write(Writer& writer, const Statement& statement) {
  bool good = writer.StartArray() && write(writer, to_string(statement.prop)) && write(writer, statement.value);
  if (!statement.details.empty()) {
    const auto not_ascending = [](const Qualifier& a, const Qualifier& b) { return a.detail >= b.detail; };
    INTERDICT_ASSERT(std::ranges::adjacent_find(statement.details, not_ascending) == statement.details.end());
    good = good && writer.StartObject();
    for (const Qualifier& qualifier : statement.details) {
      good = good && write(writer, to_string(qualifier.detail)) && write(writer, qualifier.value);
    }
    good = good && writer.EndObject();
  }
  return good && writer.EndArray();
}

Error not_content(std::string_view why) {
  return {Fault::bad_input, fmt::format("a stored record cannot be read: {}", why), {}};
}

Error not_content(simdjson::error_code code) { return not_content(simdjson::error_message(code)); }

}  // namespace

Result<void> encode(std::string_view schema, const std::vector<Statement>& statements, std::string& json) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  bool good = writer.StartObject();
  if (!schema.empty()) good = good && write(writer, "schema") && write(writer, schema);
  good = good && write(writer, "statements") && writer.StartArray();
  for (const Statement& statement : statements) good = good && write(writer, statement);
  good = good && writer.EndArray() && writer.EndObject();
  if (!good) return Error{Fault::bad_input, "a record's text is not valid UTF-8", {}};
  json.assign(buffer.GetString(), buffer.GetSize());
  return {};
}

struct Decoder::Impl {
  simdjson::dom::parser parser;
  std::string padded;

  static Result<void> details(simdjson::dom::object object, Statement& statement) {
    for (const auto field : object) {
      const auto detail = detail_from(field.key);
      if (!detail) return not_content(fmt::format("unknown detail \"{}\"", field.key));
      std::string_view value;
      if (const auto code = field.value.get(value)) return not_content(code);
      statement.details.push_back({*detail, std::string(value)});
    }
    // Canonical text comes sorted; text written under another order of the enumeration need not.
    std::ranges::sort(statement.details);
    const auto same = [](const Qualifier& a, const Qualifier& b) { return a.detail == b.detail; };
    if (std::ranges::adjacent_find(statement.details, same) != statement.details.end()) {
      return not_content("a detail given twice");
    }
    return {};
  }

  static Result<Statement> statement(simdjson::dom::element element) {
    simdjson::dom::array items;
    if (const auto code = element.get(items)) return not_content(code);
    if (items.size() < 2 || items.size() > 3) return not_content("a statement is [property, value, details]");
    std::string_view prop;
    std::string_view value;
    if (const auto code = items.at(0).get(prop)) return not_content(code);
    if (const auto code = items.at(1).get(value)) return not_content(code);
    const auto known = prop_from(prop);
    if (!known) return not_content(fmt::format("unknown property \"{}\"", prop));
    Statement out{*known, std::string(value), {}};
    if (items.size() == 3) {
      simdjson::dom::object object;
      if (const auto code = items.at(2).get(object)) return not_content(code);
      if (auto read = details(object, out); !read) return read.error();
    }
    return out;
  }
};

Decoder::Decoder() : impl_(std::make_unique<Impl>()) {}
Decoder::~Decoder() = default;

Result<void> Decoder::decode(std::string_view json, Content& content) {
  impl_->padded.assign(json);
  impl_->padded.append(simdjson::SIMDJSON_PADDING, '\0');
  simdjson::dom::element root;
  if (const auto code = impl_->parser.parse(impl_->padded.data(), json.size(), false).get(root)) {
    return not_content(code);
  }
  simdjson::dom::object object;
  if (const auto code = root.get(object)) return not_content(code);
  bool has_statements = false;
  for (const auto field : object) {
    if (field.key == "schema") {
      std::string_view schema;
      if (const auto code = field.value.get(schema)) return not_content(code);
      content.schema = schema;
    } else if (field.key == "statements" && !has_statements) {
      has_statements = true;
      simdjson::dom::array statements;
      if (const auto code = field.value.get(statements)) return not_content(code);
      for (const auto element : statements) {
        auto statement = Impl::statement(element);
        if (!statement) return statement.error();
        content.statements.push_back(std::move(*statement));
      }
    } else {
      return not_content(fmt::format("unexpected key \"{}\"", field.key));
    }
  }
  if (!has_statements) return not_content("no statements");
  return {};
}

}  // namespace interdict::store
