// What a server answers from, made from a store and a case; and made again from what its provenance says.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/case_at_hand.h"
#include "serve/serve.h"

namespace interdict::app {

/// A site and the case it holds, as one text whose SHA-256 the site's provenance names.
struct MadeSite {
  std::shared_ptr<const serve::Site> site;
  std::string case_bundle;
};

/// Of the store and the day that `options` name, and of the case's folder.
[[nodiscard]] Result<MadeSite> make_site(const CaseOptions& options);

/// The site that `provenance` describes, from the store as it stood then; an Error when store or program can no longer
/// give it, or when it is not the same.
[[nodiscard]] Result<MadeSite> make_site_again(const std::string& provenance, const std::string& case_bundle,
                                               const Common& common);

}  // namespace interdict::app
