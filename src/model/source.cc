#include "model/source.h"

namespace interdict {

const char* to_string(PublishedBy how) {
  switch (how) {
    case PublishedBy::file:
      return "file";
    case PublishedBy::file_name:
      return "file_name";
    case PublishedBy::user:
      return "user";
    case PublishedBy::loading_time:
      return "loading_time";
  }
  return "unknown";
}

}  // namespace interdict
