// The words of Terraform's language: which block a shape stands for, with which
// labels, and which arguments hold words and references instead of strings.
// No resource, provider or attribute of one has a name here.
#pragma once

#include <string>
#include <string_view>

#include "plan/plan.h"

namespace envc::backends::terraform {

struct Block {
  std::string_view keyword;
  std::string_view first_label;  ///< empty: none
  std::string_view second_label;
};

/// `aws_vpc` -> resource "aws_vpc" "main"; `data.aws_x` -> data "aws_x" "main";
/// `variable` -> variable "main"; `terraform` -> terraform.
[[nodiscard]] Block block_of(const plan::Object& object);

/// Whether texts in this argument of this block are words: `type = string`,
/// `ignore_changes = [desired_count]`, `condition = var.a != ""`.
[[nodiscard]] bool is_bare(std::string_view block, std::string_view argument);

/// The variable that carries an input or a secret. Names that Terraform keeps
/// for itself ("version", "count") get `release_` before them.
[[nodiscard]] std::string variable_name(std::string_view name);

}  // namespace envc::backends::terraform
