#include "casefile/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <sstream>

namespace interdict::casefile {
namespace {

constexpr std::size_t max_bytes = 4U << 20U;
constexpr std::size_t max_depth = 40;

// Thrown through yaml-cpp, caught below: its handler interface has no other way to stop.
struct Stop {
  Error error;
};

class Builder : public YAML::EventHandler {
 public:
  explicit Builder(const std::string& file) : file_(file) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) fail(mark, "a case file is one document; a second one starts here");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "", anchor);
    put(node(Tree::Kind::none, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    fail(mark, "aliases (*name) are not allowed: write it out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, tag, anchor);
    Tree tree = node(Tree::Kind::scalar, mark);
    tree.text = value;
    tree.quoted = tag == "!";
    put(std::move(tree));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(Tree::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(Tree::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  Tree take() { return std::move(root_); }

 private:
  struct Frame {
    Tree tree;
    std::optional<Tree> key;
  };

  Place place(const YAML::Mark& mark) const {
    return {file_, static_cast<std::uint64_t>(mark.line) + 1, static_cast<std::uint64_t>(mark.column) + 1, ""};
  }
  [[noreturn]] void fail(const YAML::Mark& mark, std::string message) const { fail(place(mark), std::move(message)); }
  [[noreturn]] static void fail(Place where, std::string message) {
    throw Stop{{Fault::bad_input, std::move(message), std::move(where)}};
  }
  Tree node(Tree::Kind kind, const YAML::Mark& mark) const {
    Tree tree;
    tree.kind = kind;
    tree.place = place(mark);
    return tree;
  }
  void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) fail(mark, "anchors (&name) are not allowed: write it out");
    if (!tag.empty() && tag != "!" && tag != "?") fail(mark, fmt::format("tags are not allowed: {}", tag));
  }
  void open(Tree::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check(mark, tag, anchor);
    if (frames_.size() >= max_depth) fail(mark, fmt::format("nested more than {} levels deep", max_depth));
    frames_.push_back({node(kind, mark), std::nullopt});
  }
  void close() {
    Tree done = std::move(frames_.back().tree);
    frames_.pop_back();
    put(std::move(done));
  }
  void put(Tree tree) {
    if (frames_.empty()) {
      root_ = std::move(tree);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.tree.kind == Tree::Kind::list) {
      frame.tree.items.push_back(std::move(tree));
    } else if (!frame.key) {
      if (tree.kind != Tree::Kind::scalar) fail(tree.place, "a key must be a word");
      for (const Field& before : frame.tree.fields) {
        if (before.key == tree.text) {
          fail(tree.place, fmt::format("duplicate key '{}' (first on line {})", tree.text, before.place.line));
        }
      }
      frame.key = std::move(tree);
    } else {
      frame.tree.fields.push_back({std::move(frame.key->text), std::move(frame.key->place), std::move(tree)});
      frame.key.reset();
    }
  }

  const std::string& file_;
  int documents_ = 0;
  std::vector<Frame> frames_;
  Tree root_;
};

/// The parser quotes a single byte of what it did not expect, which may be part of a character.
std::string plain(std::string message) {
  for (char& c : message) {
    if (c < ' ' || c > '~') c = '?';
  }
  return message;
}

}  // namespace

Result<Tree> parse_tree(const std::string& name, const std::string& text) {
  if (text.size() > max_bytes) return Error{Fault::limit, "the file is larger than 4 MiB", {name, 0, 0, ""}};
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    Builder builder(name);
    if (!parser.HandleNextDocument(builder)) return Error{Fault::bad_input, "the file is empty", {name, 0, 0, ""}};
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Stop& stop) {
    return stop.error;
  } catch (const YAML::Exception& e) {
    // An alias of nothing is refused by the parser before this builder sees it.
    const bool alias = e.msg.find("anchor") != std::string::npos;
    return Error{
        Fault::bad_input,
        alias ? "aliases (*name) are not allowed: write it out" : fmt::format("not YAML: {}", plain(e.msg)),
        {name, static_cast<std::uint64_t>(e.mark.line) + 1, static_cast<std::uint64_t>(e.mark.column) + 1, ""}};
  }
}

}  // namespace interdict::casefile
