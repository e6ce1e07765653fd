#include "serve/openapi.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "model/model.h"
#include "serve/routes.h"

namespace interdict::serve {
namespace {

using rapidjson::Value;

std::string lower(std::string_view method) { return method == "GET" ? "get" : method == "POST" ? "post" : "delete"; }

std::string completed() {
  rapidjson::Document document;
  const std::string_view text = written_openapi();
  INTERDICT_ASSERT(!document.Parse(text.data(), text.size()).HasParseError());
  auto& memory = document.GetAllocator();
  const auto own = [&](std::string_view view) {
    return Value(view.data(), static_cast<rapidjson::SizeType>(view.size()), memory);
  };
  Value& paths = document["paths"];
  for (const Route& route : routes()) {
    const std::string pattern(route.pattern);
    if (!paths.HasMember(pattern.c_str())) paths.AddMember(own(pattern), Value(rapidjson::kObjectType), memory);
    Value& methods = paths[pattern.c_str()];
    const std::string method = lower(route.method);
    if (methods.HasMember(method.c_str())) continue;
    Value parameters(rapidjson::kArrayType);
    for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
      Value schema(rapidjson::kObjectType);
      schema.AddMember("type", "string", memory);
      Value parameter(rapidjson::kObjectType);
      parameter.AddMember("name", own(pattern.substr(at + 1, pattern.find('}', at) - at - 1)), memory);
      parameter.AddMember("in", "path", memory);
      parameter.AddMember("required", true, memory);
      parameter.AddMember("schema", schema, memory);
      parameters.PushBack(parameter, memory);
    }
    Value answer(rapidjson::kObjectType);
    answer.AddMember("description", "See docs/api.md", memory);
    Value responses(rapidjson::kObjectType);
    responses.AddMember("default", answer, memory);
    Value operation(rapidjson::kObjectType);
    operation.AddMember("operationId", own(route.operation), memory);
    operation.AddMember("parameters", parameters, memory);
    operation.AddMember("responses", responses, memory);
    methods.AddMember(own(method), operation, memory);
  }
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  document.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

}  // namespace

const std::string& openapi() {
  static const std::string text = completed();
  return text;
}

}  // namespace interdict::serve
