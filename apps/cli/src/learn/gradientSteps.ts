/** The middle of the tour: derivatives, and how they make a model better. */
import type { Step } from "./step.ts";

/** How learning works. */
export const gradientSteps: readonly Step[] = [
  {
    title: { en: "Which way is down?", ko: "어느 쪽이 내리막인가" },
    text: {
      en: "To learn is to make a loss smaller. The gradient tells how the loss changes when each weight changes a little. A tape records what is computed and runs backwards through it by the chain rule: backpropagation.",
      ko: "배운다는 것은 손실을 줄이는 일입니다. 그레이디언트는 각 가중치를 조금 바꿀 때 손실이 얼마나 변하는지 알려 줍니다. 테이프는 계산 과정을 기록해 두었다가 연쇄 법칙을 따라 거꾸로 되짚어 갑니다. 이것이 역전파입니다.",
    },
    imports: { "@crease/autograd": ["GradientTape"], "@crease/tensor": ["Variable"] },
    code: `const x = new Variable(3);
const tape = new GradientTape();
const y = tape.record(() => x.value.square().add(x.value.mul(2)));

show("y =", await y.item());
show("dy/dx =", await tape.gradient(y, x).item());`,
    lesson: {
      en: "y = x² + 2x, so dy/dx = 2x + 2 = 8 at x = 3. Nobody wrote that derivative down: it follows from those of the square, the product and the sum.",
      ko: "y = x² + 2x이므로 x = 3에서 dy/dx = 2x + 2 = 8입니다. 이 도함수를 직접 적어 준 사람은 없습니다. 제곱, 곱, 합의 도함수에서 저절로 따라 나온 값입니다.",
    },
  },
  {
    title: { en: "Gradient descent by hand", ko: "손으로 해 보는 경사 하강법" },
    text: {
      en: "Two clouds of points, and a line that is to separate them. Predict, measure the loss, take the gradient, move the weights a little against it. Repeat. That is the whole training loop.",
      ko: "점으로 된 구름 두 개와 그 둘을 가를 직선이 있습니다. 예측하고, 손실을 재고, 그레이디언트를 구해, 가중치를 그 반대쪽으로 조금 옮깁니다. 그리고 되풀이합니다. 훈련 루프는 이것이 전부입니다.",
    },
    imports: {
      "@crease/autograd": ["GradientTape"],
      "@crease/tensor": ["concat", "ones", "randomNormal", "scope", "Variable"],
    },
    code: `const near = randomNormal([500, 2], { seed: 1 }).add([0, 3]);
const far = randomNormal([500, 2], { seed: 2 }).add([3, 0]);
const x = concat([near, far]);
const y = concat([ones([500, 1]).mul(0), ones([500, 1])]);
const W = new Variable([[0], [0]]);
const b = new Variable([0]);

for (let step = 0; step <= 40; step++) {
  const loss = scope(() => {
    const tape = new GradientTape();
    const error = () => x.matmul(W).add(b).sub(y);
    const loss = tape.record(() => error().square().mean());
    const [dW, db] = tape.gradient(loss, [W, b]);
    W.assign(W.value.sub(dW.mul(0.1)));
    b.assign(b.value.sub(db.mul(0.1)));
    return loss;
  });
  if (step % 10 === 0) show(step, "loss", (await loss.item()).toFixed(4));
}

const right = x.matmul(W).add(b).greater(0.5).equal(y.cast("bool"));
show("right:", (await right.cast("float32").mean().item()).toFixed(3));`,
    lesson: {
      en: "Three numbers, two weights and a bias, were enough. A network for digits has 407,050, and learns in just this way.",
      ko: "가중치 둘과 편향 하나, 수 세 개로 충분했습니다. 숫자를 알아보는 신경망에는 407,050개가 있지만 배우는 방법은 똑같습니다.",
    },
  },
];
