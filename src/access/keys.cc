#include "access/keys.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "store/digest.h"
#include "store/layout.h"

namespace interdict::access {
namespace {

constexpr std::string_view prefix = "itk_";
constexpr std::size_t id_length = 12;
constexpr std::size_t secret_length = 64;

constexpr const char* tables = R"sql(
CREATE TABLE key(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  revoked INTEGER,
  rate INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
)sql";
constexpr store::Layout layout{0x4944524b /* "IDRK" */, 1, tables, "file of keys", "there are no keys yet"};
constexpr int patience_ms = 2000;

bool is_hex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::optional<Instant> moment(const store::Query& query, int column) {
  const std::int64_t seconds = query.integer(column);
  if (seconds == 0) return std::nullopt;
  return Instant(std::chrono::seconds(seconds));
}

}  // namespace

struct Keys::Impl {
  store::Database database;
};

Keys::Keys(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Keys::Keys(Keys&&) noexcept = default;
Keys& Keys::operator=(Keys&&) noexcept = default;
Keys::~Keys() = default;

Result<Keys> Keys::open(const std::filesystem::path& path, bool make) {
  std::error_code fault;
  const bool there = std::filesystem::exists(path, fault);
  auto database =
      store::open_laid_out(path, layout, make ? store::Opening::or_made : store::Opening::existing, patience_ms);
  if (!database) return std::move(database).error();
  if (!there) {
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms::owner_read | perms::owner_write, fault);
    if (fault) {
      return Error{Fault::io, "cannot be kept from other users: " + fault.message(), {path.string(), 0, 0, {}}};
    }
  }
  return Keys(std::make_unique<Impl>(Impl{std::move(*database)}));
}

Result<std::string> Keys::add(const std::string& name, Role role, std::optional<Instant> expires, unsigned rate,
                              Instant now) {
  const std::string id = random_hex(id_length / 2);
  std::string token = fmt::format("{}{}_{}", prefix, id, random_hex(secret_length / 2));
  const std::string digest = store::sha256(token);
  store::Query insert(impl_->database, "INSERT INTO key VALUES(?1, ?2, ?3, ?4, ?5, NULL, ?6, ?7)");
  insert.bind(1, id).bind(2, name).bind(3, to_string(role)).bind(4, now.time_since_epoch().count());
  if (expires) insert.bind(5, expires->time_since_epoch().count());
  insert.bind(6, static_cast<std::int64_t>(rate)).bind_blob(7, digest);
  if (auto done = insert.run(); !done) return std::move(done).error();
  return token;
}

Result<std::vector<Key>> Keys::list() const {
  store::Query query(
      impl_->database,
      "SELECT id, name, role, created, coalesce(expires, 0), coalesce(revoked, 0), rate, digest FROM key "
      "ORDER BY created, id");
  std::vector<Key> out;
  while (query.next()) {
    const auto role = role_named(query.text(2));
    if (!role) return Error{Fault::bad_input, fmt::format("key {} has no known role", query.text(0)), {}};
    out.push_back({std::string(query.text(0)), std::string(query.text(1)), *role,
                   Instant(std::chrono::seconds(query.integer(3))), moment(query, 4), moment(query, 5),
                   static_cast<unsigned>(query.integer(6)), std::string(query.blob(7))});
  }
  if (auto status = query.status(); !status) return status.error();
  return out;
}

Result<void> Keys::revoke(std::string_view id, Instant now) {
  store::Query update(impl_->database, "UPDATE key SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL");
  update.bind(1, id).bind(2, now.time_since_epoch().count());
  if (auto done = update.run(); !done) return done;
  if (sqlite3_changes(impl_->database.handle()) == 0) {
    return Error{Fault::not_found, fmt::format("no key '{}' that is not revoked", id), {}};
  }
  return {};
}

Result<std::int64_t> Keys::version() const {
  store::Query query(impl_->database, "PRAGMA data_version");
  const std::int64_t out = query.next() ? query.integer(0) : 0;
  if (auto status = query.status(); !status) return status.error();
  return out;
}

Ring::Ring(std::vector<Key> keys) {
  for (Key& key : keys) {
    std::string id = key.id;
    keys_.emplace(std::move(id), std::move(key));
  }
}

const Key* Ring::valid(std::string_view id, Instant now) const {
  const auto at = keys_.find(std::string(id));
  if (at == keys_.end()) return nullptr;
  const Key& key = at->second;
  return key.revoked || (key.expires && *key.expires <= now) ? nullptr : &key;
}

const Key* Ring::find(std::string_view token, Instant now) const {
  const auto id = id_of(token);
  if (!id) return nullptr;
  const Key* key = valid(*id, now);
  const std::string digest = store::sha256(token);
  if (key == nullptr || key->digest.size() != digest.size()) return nullptr;
  return CRYPTO_memcmp(key->digest.data(), digest.data(), digest.size()) == 0 ? key : nullptr;
}

std::optional<std::string_view> id_of(std::string_view token) {
  if (token.size() != prefix.size() + id_length + 1 + secret_length || !token.starts_with(prefix)) return std::nullopt;
  const std::string_view id = token.substr(prefix.size(), id_length);
  if (!is_hex(id) || token[prefix.size() + id_length] != '_') return std::nullopt;
  if (!is_hex(token.substr(prefix.size() + id_length + 1))) return std::nullopt;
  return id;
}

std::string random_hex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  INTERDICT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()), static_cast<int>(bytes)) == 1);
  std::string out;
  for (const char byte : raw) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

}  // namespace interdict::access
