// The style sheet of the SVG form: plain CSS 2 selectors and one media query, so
// that viewers without custom properties show it too.
#pragma once

#include <string_view>

namespace envc::graph {

inline constexpr std::string_view svg_style = R"(.envc-graph text{font-family:Helvetica,Arial,"Liberation Sans",sans-serif;font-size:11px;fill:#59636e}
.envc-graph .page{fill:#fff}
.envc-graph .outer{fill:#f6f8fa;stroke:#afb8c1;stroke-width:1.5}
.envc-graph .inner{fill:#fff;stroke:#afb8c1}
.envc-graph .head{font-size:13px}
.envc-graph .strong{font-weight:bold;fill:#1f2328}
.envc-graph .name{font-size:14px;font-weight:bold;fill:#1f2328;text-anchor:middle}
.envc-graph .caption{text-anchor:middle}
.envc-graph .label{text-anchor:end}
.envc-graph .box{fill:#fff;stroke:#6e7781;stroke-width:1.5}
.envc-graph .mark{fill:none;stroke:#6e7781}
.envc-graph .wire{fill:none;stroke:#818b98;stroke-width:1.5}
.envc-graph .arrow{fill:#818b98}
.envc-graph .wire.hue1{stroke:#6e7781}
.envc-graph .arrow.hue1{fill:#6e7781}
.envc-graph .wire.hue2{stroke:#3f8a7f}
.envc-graph .arrow.hue2{fill:#3f8a7f}
.envc-graph .wire.hue3{stroke:#8a7d2e}
.envc-graph .arrow.hue3{fill:#8a7d2e}
.envc-graph .wire.hue4{stroke:#9a6aa8}
.envc-graph .arrow.hue4{fill:#9a6aa8}
.envc-graph .wire.hue5{stroke:#a86a4a}
.envc-graph .arrow.hue5{fill:#a86a4a}
.envc-graph .wire.entry{stroke:#0969da}
.envc-graph .arrow.entry,.envc-graph .label.entry{fill:#0969da}
.envc-graph .internet .box,.envc-graph .internet .mark{stroke:#0969da}
.envc-graph .service .box,.envc-graph .worker .box{fill:#f0f7ff;stroke:#54a3d8}
.envc-graph .worker .mark{stroke:#54a3d8}
.envc-graph .store .box{fill:#eefbf0;stroke:#4aa564}
.envc-graph .store .mark{stroke:#4aa564}
.envc-graph .storage .box{fill:#fff8e5;stroke:#b78a28}
.envc-graph .queue .box{fill:#fbefff;stroke:#a475f9}
.envc-graph .queue .mark{stroke:#a475f9}
.envc-graph .job .box{fill:#fff1e5;stroke:#d4783c}
.envc-graph .backup .box{fill:#f6f8fa;stroke:#818b98}
.envc-graph .elsewhere .box{fill:#fff;stroke-dasharray:5 4}
.envc-graph .elsewhere .mark{stroke-dasharray:5 4}
.envc-graph .wire:hover{stroke-width:3}
@media (prefers-color-scheme:dark){
.envc-graph text{fill:#9198a1}
.envc-graph .page{fill:#0d1117}
.envc-graph .outer{fill:#151b23;stroke:#3d444d}
.envc-graph .inner{fill:#0d1117;stroke:#3d444d}
.envc-graph .strong,.envc-graph .name{fill:#f0f6fc}
.envc-graph .box{fill:#151b23;stroke:#9198a1}
.envc-graph .mark{stroke:#9198a1}
.envc-graph .wire{stroke:#7d8590}
.envc-graph .arrow{fill:#7d8590}
.envc-graph .wire.hue1{stroke:#9aa4af}
.envc-graph .arrow.hue1{fill:#9aa4af}
.envc-graph .wire.hue2{stroke:#5fb3a6}
.envc-graph .arrow.hue2{fill:#5fb3a6}
.envc-graph .wire.hue3{stroke:#b5a752}
.envc-graph .arrow.hue3{fill:#b5a752}
.envc-graph .wire.hue4{stroke:#c08fd0}
.envc-graph .arrow.hue4{fill:#c08fd0}
.envc-graph .wire.hue5{stroke:#d2906c}
.envc-graph .arrow.hue5{fill:#d2906c}
.envc-graph .wire.entry,.envc-graph .internet .box,.envc-graph .internet .mark{stroke:#58a6ff}
.envc-graph .arrow.entry,.envc-graph .label.entry{fill:#58a6ff}
.envc-graph .service .box,.envc-graph .worker .box{fill:#0f2237;stroke:#3f83b8}
.envc-graph .worker .mark{stroke:#3f83b8}
.envc-graph .store .box{fill:#0f2a19;stroke:#3c8a52}
.envc-graph .store .mark{stroke:#3c8a52}
.envc-graph .storage .box{fill:#2c230d;stroke:#9a7523}
.envc-graph .queue .box{fill:#24173d;stroke:#8256d0}
.envc-graph .queue .mark{stroke:#8256d0}
.envc-graph .job .box{fill:#331c0e;stroke:#b7632f}
.envc-graph .backup .box{fill:#151b23;stroke:#7d8590}
.envc-graph .elsewhere .box{fill:#0d1117}
}
)";

}  // namespace envc::graph
