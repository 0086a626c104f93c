/** The texts of page 1 in Korean. */
import type { en } from "./en.ts";

/** By key, as `en.ts`. */
export const ko = {
  lede: "층이 두 개인 신경망이 여러분의 브라우저 안에서 손글씨 숫자를 읽는 법을 배웁니다.",
} satisfies Record<keyof typeof en, string>;
