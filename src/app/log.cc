#include "app/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "model/model.h"
#include "report/json.h"

namespace interdict::app {
namespace {

void begin(report::Json& json) {
  json.begin_object();
  json.field("time", to_string(now()));
}

}  // namespace

Result<Log> Log::open(const std::string& file) {
  Log out;
  try {
    spdlog::sink_ptr sink;
    if (file.empty()) {
      sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
      sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
    }
    out.logger_ = std::make_shared<spdlog::logger>("interdict", std::move(sink));
  } catch (const spdlog::spdlog_ex& fault) {
    return Error{Fault::io, fault.what(), {file, 0, 0, {}}};
  }
  out.logger_->set_pattern("%v");
  out.logger_->flush_on(spdlog::level::info);
  return out;
}

void Log::request(const serve::Logged& what) const {
  report::Json json;
  begin(json);
  json.field("event", "request");
  json.field("id", what.id);
  json.field("key", what.key);
  json.field("method", what.method);
  json.field("route", what.route);
  json.key("status");
  json.integer(what.status);
  json.key("ms");
  json.number(what.milliseconds);
  json.key("bytes");
  json.integer(static_cast<std::int64_t>(what.bytes));
  json.end_object();
  logger_->info(json.str());
}

void Log::event(std::string_view what, const std::vector<std::pair<std::string_view, std::string>>& fields) const {
  report::Json json;
  begin(json);
  json.field("event", what);
  for (const auto& [name, value] : fields) json.field(name, value);
  json.end_object();
  logger_->info(json.str());
}

}  // namespace interdict::app
