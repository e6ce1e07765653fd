#include "fetch/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>

namespace interdict::fetch {
namespace fs = std::filesystem;
namespace {

constexpr int redirects_max = 8;

struct CurlFree {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(char* text) const { curl_free(text); }
};

std::optional<std::string> url_part(const std::string& text, CURLUPart part) {
  const std::unique_ptr<CURLU, CurlFree> url(curl_url());
  char* value = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK ||
      curl_url_get(url.get(), part, &value, 0) != CURLUE_OK) {
    return std::nullopt;
  }
  const std::unique_ptr<char, CurlFree> owned(value);
  return std::string(value);
}

Error refused(Fault fault, const std::string& url, std::string message) {
  return {fault, std::move(message), {url, 0, 0, {}}};
}

Result<void> check_address(const std::string& url, const std::vector<std::string>& hosts) {
  const auto scheme = url_part(url, CURLUPART_SCHEME);
  const auto host = url_part(url, CURLUPART_HOST);
  if (!scheme || !host) return refused(Fault::bad_usage, url, "not a URL");
  const bool loopback = *host == "127.0.0.1" || *host == "localhost" || *host == "[::1]";
  if (*scheme != "https" && !(*scheme == "http" && loopback)) {
    return refused(Fault::bad_usage, url, fmt::format("scheme '{}' is not allowed, only https", *scheme));
  }
  if (std::find(hosts.begin(), hosts.end(), *host) == hosts.end()) {
    return refused(Fault::bad_usage, url, fmt::format("host '{}' is not among the configured ones", *host));
  }
  return {};
}

// The validators of the complete file under the target's name, and of the part being fetched.
struct Validators {
  std::string etag;
  std::string last_modified;

  [[nodiscard]] bool empty() const { return etag.empty() && last_modified.empty(); }
};

Validators read_validators(const fs::path& path) {
  Validators out;
  std::ifstream in(path);
  std::getline(in, out.etag);
  std::getline(in, out.last_modified);
  return out;
}

bool write_validators(const fs::path& path, const Validators& validators) {
  std::ofstream out(path, std::ios::trunc);
  out << validators.etag << '\n' << validators.last_modified << '\n';
  return static_cast<bool>(out.flush());
}

struct Transfer {
  const Request* request = nullptr;
  std::ofstream out;
  std::uint64_t offset = 0;  // bytes already in the part
  std::uint64_t written = 0;
  long status = 0;
  Validators validators;
  std::string location;
  bool too_large = false;
  bool disk_failed = false;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line(data, size * count);
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    transfer.status = std::strtol(std::string(line.substr(line.find(' ') + 1, 3)).c_str(), nullptr, 10);
  } else if (colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "etag") transfer.validators.etag = value;
    if (name == "last-modified") transfer.validators.last_modified = value;
    if (name == "location") transfer.location = value;
  }
  return size * count;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t bytes = size * count;
  if (transfer.status != 200 && transfer.status != 206) return bytes;  // an error page is not the file
  if (transfer.status == 200 && transfer.offset > 0 && transfer.written == 0) {
    // The server ignored the range, or the file changed under If-Range: start over.
    transfer.offset = 0;
    transfer.out.close();
    transfer.out.open(transfer.request->target.string() + ".part", std::ios::binary | std::ios::trunc);
  }
  if (transfer.offset + transfer.written + bytes > transfer.request->size_max) {
    transfer.too_large = true;
    return 0;
  }
  transfer.out.write(data, static_cast<std::streamsize>(bytes));
  if (!transfer.out) {
    transfer.disk_failed = true;
    return 0;
  }
  transfer.written += bytes;
  return bytes;
}

int on_progress(void* user, curl_off_t total, curl_off_t now, curl_off_t /*unused*/, curl_off_t /*unused*/) {
  const auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.request->progress) {
    const auto offset = static_cast<curl_off_t>(transfer.offset);
    transfer.request->progress(static_cast<std::uint64_t>(now + offset),
                               total > 0 ? static_cast<std::uint64_t>(total + offset) : 0);
  }
  return 0;
}

CURLcode perform(const std::string& url, const Request& request, const std::vector<std::string>& headers,
                 Transfer& transfer) {
  const std::unique_ptr<CURL, CurlFree> curl(curl_easy_init());
  if (!curl) return CURLE_FAILED_INIT;
  curl_slist* raw = nullptr;
  for (const std::string& header : headers) raw = curl_slist_append(raw, header.c_str());
  const std::unique_ptr<curl_slist, CurlFree> list(raw);
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, url.c_str());
  curl_easy_setopt(c, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);  // each hop's host is checked by us
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 30L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_limit.count()));
  curl_easy_setopt(c, CURLOPT_USERAGENT, "interdict");
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, &transfer);
  return curl_easy_perform(c);
}

std::vector<std::string> headers_for(const Request& request, std::uint64_t offset, const Validators& part) {
  std::vector<std::string> headers;
  std::error_code ignored;
  if (offset > 0) {
    headers.push_back(fmt::format("Range: bytes={}-", offset));
    headers.push_back("If-Range: " + (part.etag.empty() ? part.last_modified : part.etag));
  } else if (fs::exists(request.target, ignored)) {
    const Validators held = read_validators(request.target.string() + ".http");
    if (!held.etag.empty()) headers.push_back("If-None-Match: " + held.etag);
    if (held.etag.empty() && !held.last_modified.empty()) headers.push_back("If-Modified-Since: " + held.last_modified);
  }
  return headers;
}

Result<std::string> resolve(const std::string& base, const std::string& location) {
  const std::unique_ptr<CURLU, CurlFree> url(curl_url());
  char* value = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK ||
      curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK ||
      curl_url_get(url.get(), CURLUPART_URL, &value, 0) != CURLUE_OK) {
    return refused(Fault::io, base, "redirected to what is no URL");
  }
  const std::unique_ptr<char, CurlFree> owned(value);
  return std::string(value);
}

}  // namespace

Result<Fetched> download(const Request& request) {
  const fs::path part = request.target.string() + ".part";
  const fs::path part_validators = part.string() + ".http";
  std::error_code error;
  std::uint64_t offset = fs::exists(part, error) ? fs::file_size(part, error) : 0;
  const Validators resuming = read_validators(part_validators);
  if (resuming.empty()) offset = 0;  // without a validator the rest might be of another file

  std::string url = request.url;
  for (int hop = 0; hop <= redirects_max; ++hop) {
    if (auto allowed = check_address(url, request.hosts); !allowed) return std::move(allowed).error();
    Transfer transfer;
    transfer.request = &request;
    transfer.offset = offset;
    transfer.out.open(part, offset > 0 ? std::ios::binary | std::ios::app : std::ios::binary | std::ios::trunc);
    if (!transfer.out) return Error{Fault::io, "cannot write", {part.string(), 0, 0, {}}};
    const CURLcode code = perform(url, request, headers_for(request, offset, resuming), transfer);
    transfer.out.close();
    if (transfer.status >= 301 && transfer.status <= 308 && transfer.status != 304 && !transfer.location.empty()) {
      auto next = resolve(url, transfer.location);
      if (!next) return std::move(next).error();
      url = std::move(*next);
      continue;
    }
    if (transfer.too_large) {
      fs::remove(part, error);
      return refused(Fault::limit, url, fmt::format("larger than {} bytes", request.size_max));
    }
    if (transfer.disk_failed || transfer.out.fail())
      return Error{Fault::io, "cannot write, is the disk full?", {part.string(), 0, 0, {}}};
    if (code != CURLE_OK) {
      if (transfer.written > 0) write_validators(part_validators, transfer.validators);
      return refused(Fault::io, url, curl_easy_strerror(code));
    }
    if (transfer.status == 304) {
      fs::remove(part, error);
      return Fetched{};
    }
    if (transfer.status != 200 && transfer.status != 206) {
      return refused(Fault::io, url, fmt::format("the server answered with status {}", transfer.status));
    }
    fs::rename(part, request.target, error);
    if (error) return Error{Fault::io, error.message(), {request.target.string(), 0, 0, {}}};
    fs::remove(part_validators, error);
    if (!write_validators(request.target.string() + ".http", transfer.validators)) {
      return Error{Fault::io, "cannot write", {request.target.string() + ".http", 0, 0, {}}};
    }
    return Fetched{true, transfer.written, transfer.status == 206 ? transfer.offset : 0};
  }
  return refused(Fault::io, request.url, fmt::format("more than {} redirects", redirects_max));
}

}  // namespace interdict::fetch
