export const products = [
  { id: "mug", category: ["Kitchen", "Mugs"] },
  { id: "plate", category: ["Kitchen", "Plates"] },
  { id: "candle", category: ["Home", "Candles"] },
  { id: "lamp", category: ["Home", "Candles"] },
];

export const sections = [
  { id: "mugs", category: ["Kitchen", "Mugs"] },
  { id: "legal", pin: true },
  { id: "candles", category: ["Home", "Candles"] },
];
