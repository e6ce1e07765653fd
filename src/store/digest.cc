#include "store/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "model/model.h"

namespace interdict::store {

struct Digest::Impl {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
};

Digest::Digest() : impl_(std::make_unique<Impl>()) {
  INTERDICT_ASSERT(impl_->context != nullptr);
  INTERDICT_ASSERT(EVP_DigestInit_ex(impl_->context, EVP_sha256(), nullptr) == 1);
}

Digest::~Digest() { EVP_MD_CTX_free(impl_->context); }

void Digest::add(std::string_view bytes) {
  INTERDICT_ASSERT(EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()) == 1);
}

std::string Digest::finish() {
  std::string raw(32, '\0');
  unsigned size = 0;
  INTERDICT_ASSERT(EVP_DigestFinal_ex(impl_->context, reinterpret_cast<unsigned char*>(raw.data()), &size) == 1);
  INTERDICT_ASSERT(size == raw.size());
  return raw;
}

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.finish();
}

std::string digest_name(std::string_view raw) {
  std::string out = "sha256:";
  for (const char byte : raw) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

}  // namespace interdict::store
