// The Belarus case's parties, compiled into the program so that a fresh install answers before any list is loaded.
#pragma once

#include <filesystem>
#include <string_view>

#include "store/store.h"

namespace interdict::app {

/// FollowTheMoney JSON lines, casefiles/belarus/parties.ftm.json as of this build.
[[nodiscard]] std::string_view bundled_list();

/// The bundled list's source id.
inline constexpr std::string_view bundled_source = "interdict_belarus";
/// When its content was last gathered; FollowTheMoney lines do not say. Change it with the list.
inline constexpr std::string_view bundled_published = "2026-11-24";

/// Its store in `folder`, named after the content so that a new build never reads an old one.
[[nodiscard]] std::filesystem::path bundled_store_path(const std::filesystem::path& folder);
[[nodiscard]] Result<store::Store> open_bundled_store(const std::filesystem::path& folder);

}  // namespace interdict::app
