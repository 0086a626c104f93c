/** All pages in the chapter's order. Each is loaded when it opens. */
import { definePage, type Page } from "./page.ts";

/** The first one is also at the bare address. */
export const pages: readonly Page[] = [
  definePage(
    { path: "first-network", title: "networkTitle" },
    () => import("../pages/network/networkPage.tsx").then(({ NetworkPage }) => NetworkPage),
    {
      en: () => import("../pages/network/en.ts").then(({ en }) => en),
      ko: () => import("../pages/network/ko.ts").then(({ ko }) => ko),
    },
  ),
  definePage(
    { path: "tensors", title: "tensorsTitle" },
    () => import("../pages/tensors/tensorsPage.tsx").then(({ TensorsPage }) => TensorsPage),
    {
      en: () => import("../pages/tensors/en.ts").then(({ en }) => en),
      ko: () => import("../pages/tensors/ko.ts").then(({ ko }) => ko),
    },
  ),
  definePage(
    { path: "operations", title: "operationsTitle" },
    () => import("../pages/operations/operationsPage.tsx").then(({ OperationsPage }) => OperationsPage),
    {
      en: () => import("../pages/operations/en.ts").then(({ en }) => en),
      ko: () => import("../pages/operations/ko.ts").then(({ ko }) => ko),
    },
  ),
  definePage(
    { path: "paper-ball", title: "paperTitle" },
    () => import("../pages/paper/paperPage.tsx").then(({ PaperPage }) => PaperPage),
    {
      en: () => import("../pages/paper/en.ts").then(({ en }) => en),
      ko: () => import("../pages/paper/ko.ts").then(({ ko }) => ko),
    },
  ),
  definePage(
    { path: "descent", title: "descentTitle" },
    () => import("../pages/descent/descentPage.tsx").then(({ DescentPage }) => DescentPage),
    {
      en: () => import("../pages/descent/en.ts").then(({ en }) => en),
      ko: () => import("../pages/descent/ko.ts").then(({ ko }) => ko),
    },
  ),
];
