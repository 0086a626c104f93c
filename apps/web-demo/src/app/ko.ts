/** The texts of the shell and of shared components in Korean. */
import type { en } from "./en.ts";

/** By key, as `en.ts`. */
export const ko = {
  brandLine: "펼쳐 보는 딥러닝",
  skip: "본문으로 건너뛰기",
  pages: "페이지",
  networkTitle: "첫 신경망",
  tensorsTitle: "텐서로 표현한 데이터",
  operationsTitle: "텐서 연산",
  paperTitle: "구겨진 종이 공",
  descentTitle: "경사 하강법",
  pageOf: "{count}쪽 중 {number}쪽",
  language: "언어",
  darkMode: "어두운 화면",
  loading: "불러오는 중…",
  pageFailed: "이 페이지를 불러오지 못했습니다. 인터넷 연결을 확인한 뒤 다시 시도해 주세요.",
  tryAgain: "다시 시도",
  close: "닫기",
  noPage: "이 주소에는 페이지가 없습니다. 다음 페이지가 있습니다.",
  previousPage: "이전",
  nextPage: "다음",
  footer:
    "프랑소와 숄레의 *케라스 창시자에게 배우는 딥러닝* 2장과 함께 보는 페이지입니다. 모든 것은 Crease 패키지가 여러분의 브라우저 안에서 계산하며, 여러분이 그리거나 입력한 것은 브라우저 밖으로 나가지 않습니다.",
  copy: "복사",
  copied: "복사됨",
  copyFailed: "브라우저가 복사를 허용하지 않습니다. 글을 직접 선택해 복사해 주세요.",
  computeLost:
    "백그라운드 계산이 끝났습니다: {reason}. 화면의 내용은 그대로 남습니다. 다시 시작하면 이어서 계산할 수 있습니다.",
  computeSilent: "백그라운드 계산이 한동안 응답하지 않습니다. 기다리거나 다시 시작해 주세요.",
  restart: "다시 시작",
  reasonUnknown: "브라우저가 이유를 알려 주지 않았습니다",
} satisfies Record<keyof typeof en, string>;
