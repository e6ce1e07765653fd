// The user's own browser, where the machine has one.
#pragma once

#include <string>

namespace interdict::app {

/// Opens `url` by xdg-open when there is a display to open it on. Waits for nothing and says nothing: whoever calls it
/// has printed the address already.
void open_in_browser(const std::string& url);

}  // namespace interdict::app
