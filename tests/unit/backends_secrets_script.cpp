// What a script that makes secrets' values is made of; what it does is for
// tests/conformance/secret_scripts.py.
#include <gtest/gtest.h>

#include "backends_plan.h"
#include "doc/secrets_script.h"

namespace envc::backends {
namespace {

using testing::Maker;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(SecretsScript, OneLineASecret) {
  Maker m;
  (void)m.secret("MADE", "Signs.", "openssl rand -hex 32");
  (void)m.secret("BARE", {}, "openssl rand -hex 24");
  const auto given = m.secret("GIVEN", "It's given.\nSecond line.");
  (void)m.secret("FREE");
  m.plan.secrets[0].min_length = 64;
  const std::vector<std::string_view> words{"changeme", "it's $HOME"};
  m.plan.secrets[given].forbid = words;
  m.plan.secrets[given].prefix = "sk 'x'";
  const auto script = doc::secrets_script(m.plan, {"generate-env.sh", ".env", doc::Quotes::Removed});
  EXPECT_TRUE(has(script, "    MADE) openssl rand -hex 32 ;;\n    BARE) openssl rand -hex 24 ;;\n    *) return 1 ;;\n"));
  EXPECT_TRUE(has(script, "\nsecret made MADE 64 '' '# Signs.'\n"
                          "secret made BARE 0 '' '# made by generate-env.sh'\n"
                          "secret given GIVEN 0 'sk '\\''x'\\''' '# It'\\''s given.\n# Second line.' changeme 'it'\\''s $HOME'\n"
                          "secret given FREE 0 '' '# to be filled in'\n"))
      << script;
  EXPECT_TRUE(has(script, "  0:) file=.env ;;\n"));
  EXPECT_FALSE(has(script, "when a release runs"));
}

TEST(SecretsScript, ReadersDifferInQuotes) {
  Maker m;
  (void)m.secret("A");
  (void)m.input("imageTag");
  const auto removed = doc::secrets_script(m.plan, {"a.sh", "a", doc::Quotes::Removed, true});
  const auto literal = doc::secrets_script(m.plan, {"a.sh", "a", doc::Quotes::Literal});
  EXPECT_TRUE(has(removed, "without the quotes around its value"));
  EXPECT_FALSE(has(literal, "without the quotes around its value"));
  EXPECT_TRUE(has(literal, "'to be given when a release runs: IMAGE_TAG'"));
  EXPECT_FALSE(has(literal, "input IMAGE_TAG"));
  EXPECT_TRUE(has(removed, "input IMAGE_TAG '# Given when a release runs.'\n")) << removed;
  EXPECT_TRUE(has(removed, "'IMAGE_TAG=… ./a.sh'\n"));
}

TEST(SecretsScript, StandsBesideTheExampleAndMayBeRun) {
  Maker m;
  (void)m.input("version");
  m.object("compose", "Service", "web", "compose.yaml", {});
  const auto alone = m.file("compose", "generate-env.sh");
  EXPECT_TRUE(has(alone, "input VERSION '# Given when a release runs.'\n")) << "Compose reads inputs at every command";
  EXPECT_FALSE(has(alone, "secret()"));
  (void)m.secret("A");
  m.object("kubernetes", "Namespace", "shop", "namespace.yaml", {});
  for (const auto& [format, name] : {std::pair("compose", "generate-env.sh"), std::pair("kubernetes", "generate-secrets.sh")}) {
    bool found = false;
    for (const auto& file : m.lower(format)) {
      if (file.path != name) continue;
      found = true;
      EXPECT_TRUE(file.executable);
    }
    EXPECT_TRUE(found) << name;
  }
}

}  // namespace
}  // namespace envc::backends
