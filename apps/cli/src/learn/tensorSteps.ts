/** The first steps of the tour: digits as tensors, what tensors are, and what is computed with them. */
import type { Step } from "./step.ts";

/** Data as tensors. */
export const tensorSteps: readonly Step[] = [
  {
    title: { en: "A first look at the digits", ko: "손글씨 숫자 들여다보기" },
    text: {
      en: 'MNIST is the "hello world" of deep learning: 70,000 handwritten digits, grey pictures of 28 x 28 pixels. 60,000 are there to learn from. 10,000 are kept apart, to find out whether anything was learned.',
      ko: 'MNIST는 딥러닝의 "hello world"입니다. 사람이 손으로 쓴 숫자 70,000개를 28 × 28 픽셀의 흑백 그림으로 담았습니다. 60,000개로 배우고, 따로 떼어 둔 10,000개로 제대로 배웠는지 확인합니다.',
    },
    imports: { "@crease/datasets": ["mnist"] },
    code: `const [[trainImages, trainLabels], [testImages]] = await mnist.loadData();

// What show is given stands below the code.
show("train", trainImages.shape, trainImages.dtype);
show("test ", testImages.shape, testImages.dtype);
show("labels", await trainLabels.slice([0, 8]).array());

// A row through the middle of the first digit: 0 is paper, 255 is ink.
show(trainImages.at(0, 14).toString());`,
    lesson: {
      en: "Three axes: which picture, which row, which column. The first digit is a 5, and its middle row has ink at its curve.",
      ko: "축이 세 개입니다. 몇 번째 그림인지, 몇 번째 행인지, 몇 번째 열인지를 나타냅니다. 첫 번째 숫자는 5이고, 가운데 행에서는 획이 지나가는 자리에만 값이 있습니다.",
    },
  },
  {
    title: { en: "What a tensor is", ko: "텐서란 무엇인가" },
    text: {
      en: "A tensor is a container for numbers with any number of axes. A number alone has none, a vector one, a matrix two. Three things describe a tensor: how many axes it has (its rank), how long each is (its shape), and what kind of numbers it holds (its dtype).",
      ko: "텐서는 축이 몇 개든 될 수 있는, 숫자를 담는 그릇입니다. 수 하나(스칼라)는 축이 없고, 벡터는 하나, 행렬은 둘입니다. 텐서는 세 가지로 설명됩니다. 축의 개수(랭크), 각 축의 길이(크기, shape), 그리고 담긴 수의 종류(dtype)입니다.",
    },
    imports: { "@crease/tensor": ["tensor", "zeros"] },
    code: `const scalar = tensor(12);
const vector = tensor([12, 3, 6, 14, 7]);
const matrix = tensor([[5, 78, 2], [6, 79, 3]]);
const clip = zeros([60, 144, 256, 3], { dtype: "uint8" });

for (const x of [scalar, vector, matrix, clip])
  show("rank", x.shape.length, "shape", x.shape, x.dtype);`,
    lesson: {
      en: "The last one could be a video clip: 60 frames of 144 x 256 pixels in three colours. Rows of a table, texts, sound: all become tensors before a network sees them.",
      ko: "마지막 텐서는 동영상 한 토막일 수 있습니다. 144 × 256 픽셀, 세 가지 색으로 된 60장의 프레임입니다. 표의 행, 글, 소리도 신경망에 들어가기 전에 모두 텐서가 됩니다.",
    },
  },
  {
    title: { en: "Operations on tensors", ko: "텐서 연산" },
    text: {
      en: "A dense layer with a relu is nothing but relu(x · W + b): a product of matrices, a sum, and a maximum with 0. The bias b is one row and is added to every row of the product: that is broadcasting.",
      ko: "relu를 쓰는 밀집 층은 relu(x · W + b)가 전부입니다. 행렬 곱, 덧셈, 그리고 0과의 최댓값입니다. 편향 b는 한 행뿐이지만 곱의 모든 행에 더해집니다. 이것을 브로드캐스팅이라고 합니다.",
    },
    imports: { "@crease/tensor": ["tensor"] },
    code: `const x = tensor([[1, 2], [3, 4], [5, 6]]);
const W = tensor([[1, -1, 0], [0, 1, -1]]);
const b = tensor([0, 0.5, 5]);

const product = x.matmul(W);
show(product.toString());
show(product.add(b).relu().toString());`,
    lesson: {
      en: "[3,2] · [2,3] gives [3,3]: the inner sizes must be equal. What was below 0 is 0 now.",
      ko: "[3,2] · [2,3]은 [3,3]이 됩니다. 안쪽 두 크기가 같아야 합니다. 0보다 작던 값은 이제 0입니다.",
    },
  },
  {
    title: { en: "The same numbers in another shape", ko: "같은 수, 다른 모양" },
    text: {
      en: "A dense layer wants a vector for each sample, so a picture of 28 x 28 becomes a row of 784 numbers. Reshaping moves nothing: the numbers stay in their order. Brightness from 0 to 255 becomes 0 to 1, since networks learn badly from large numbers.",
      ko: "밀집 층은 샘플마다 벡터 하나를 받습니다. 그래서 28 × 28 그림은 784개의 수로 된 한 행이 됩니다. 모양을 바꿔도 수는 움직이지 않고 순서도 그대로입니다. 0~255의 밝기는 0~1로 바꿉니다. 신경망은 큰 수에서는 잘 배우지 못하기 때문입니다.",
    },
    imports: { "@crease/datasets": ["mnist"] },
    code: `const [[images]] = await mnist.loadData();
const few = images.slice([0, 3]);
const rows = few.reshape([-1, 28 * 28]).cast("float32").div(255);

show(few.shape, "becomes", rows.shape);
show("least", await rows.min().item(), "most", await rows.max().item());
show("turned round:", rows.transpose().shape);`,
    lesson: {
      en: '-1 stands for "whatever is left". Geometrically, all of deep learning is a chain of such simple movements in spaces of many dimensions, like uncrumpling a sheet of paper, crease by crease.',
      ko: '-1은 "나머지만큼"을 뜻합니다. 기하학적으로 보면 딥러닝은 고차원 공간에서 이런 단순한 변환을 이어 붙인 것입니다. 구겨진 종이를 주름(crease) 하나씩 펴는 일과 같습니다.',
    },
  },
];
