namespace Karl.Graphs.Tests.Operators;

internal static class QuantizationCases
{
    private const ElementType Byte = ElementType.UInt8, Signed = ElementType.Int8;

    public static OperatorCase[] All { get; } =
    [
        new(Operator.QuantizeLinear, "uint8", b => b.X(2, 5).QuantizeLinear(b.Graph.Scalar(0.01), b.Graph.Scalar(100, Byte)), x => x[0].Map(v => Math.Clamp(Math.Round((float)v / 0.01f) + 100, 0, 255))),
        new(Operator.QuantizeLinear, "int8 per row", b => b.X(2, 5).QuantizeLinear(b.Between(0.01, 0.1, 2), b.Whole(Signed, -9, 9, 2), 0), x => Slow.Make([2, 5], p => Math.Clamp(Math.Round((float)x[0][p] / (float)x[1][p[0]]) + x[2][p[0]], -128, 127))),
        new(Operator.DequantizeLinear, "int8 per column", b => b.Whole(Signed, -128, 127, 2, 3).DequantizeLinear(b.Between(0.01, 0.1, 3), b.Whole(Signed, -9, 9, 3)), x => Slow.Make([2, 3], p => (x[0][p] - x[2][p[1]]) * x[1][p[1]])),
        new(Operator.DequantizeLinear, "uint8 without zero point", b => b.Whole(Byte, 0, 255, 4).DequantizeLinear(b.Between(0.01, 0.1)), x => Slow.Zip(x[0], x[1], (l, r) => l * r)),
        new(Operator.DynamicQuantizeLinear, "values", b => b.X(3, 4).DynamicQuantizeLinear().Values, x => x[0].Map(v => Math.Round(v / Scale(x[0])) + ZeroPoint(x[0]))),
        new(Operator.DynamicQuantizeLinear, "scale", b => b.X(3, 4).DynamicQuantizeLinear().Scale, x => Scale(x[0])),
        new(Operator.DynamicQuantizeLinear, "zero point", b => b.X(3, 4).DynamicQuantizeLinear().ZeroPoint, x => ZeroPoint(x[0])),
        new(Operator.MatMulInteger, "zero points", b => b.Whole(Byte, 0, 255, 2, 3).MatMulInteger(b.Whole(Byte, 0, 255, 3, 4), b.Graph.Scalar(7, Byte), b.Graph.Scalar(9, Byte)), x => SlowNetworks.MatMul(x[0].Map(v => v - 7), x[1].Map(v => v - 9))),
        new(Operator.MatMulInteger, "stack, no zero points", b => b.Whole(Byte, 0, 255, 2, 2, 3).MatMulInteger(b.Whole(Signed, -99, 99, 3, 4)), x => SlowNetworks.MatMul(x[0], x[1])),
        new(Operator.DynamicQuantizeMatMul, "bias", b => b.X(2, 8).DynamicQuantizeMatMul(b.Whole(Signed, -99, 99, 8, 4), b.Between(0.01, 0.02), null, b.X(4)), x => Slow.Zip(SlowNetworks.MatMul(x[0], Slow.Zip(x[1], x[2], (l, r) => l * r)), x[3], (l, r) => l + r), 0.2),
        new(Operator.DynamicQuantizeMatMul, "scale and zero point per column", b => b.X(2, 8).DynamicQuantizeMatMul(b.Whole(Byte, 0, 255, 8, 4), b.Between(0.01, 0.02, 4), b.Whole(Byte, 120, 136, 4)), x => SlowNetworks.MatMul(x[0], Slow.Make([8, 4], p => (x[1][p] - x[3][p[1]]) * x[2][p[1]])), 0.2),
        new(Operator.MatMulNBits, "4 bits, middle as zero", b => b.X(2, 32).MatMulNBits(b.Whole(Byte, 0, 255, 3, 2, 8), b.Between(0.01, 0.1, 3, 2), null, 32, 3, 4, 16), x => SlowNetworks.MatMul(x[0], Unpacked(x[1], x[2], 16)), 1e-4),
    ];

    private static double Scale(Slow x) => (Math.Max(0, x.Values.Max()) - Math.Min(0, x.Values.Min())) / 255;

    private static double ZeroPoint(Slow x) => Math.Clamp(Math.Round(-Math.Min(0, x.Values.Min()) / Scale(x)), 0, 255);

    /// <summary>[in, out]: two weights in a byte, the lower half first, less 8 and times the scale of their block.</summary>
    private static Slow Unpacked(Slow packed, Slow scales, int block) => Slow.Make([packed.Shape[1] * block, packed.Shape[0]], place =>
    {
        var (row, part, inner) = (place[1], place[0] / block, place[0] % block);
        var pair = (int)packed[row, part, inner / 2];
        return ((inner % 2 == 0 ? pair & 15 : pair >> 4) - 8) * scales[row, part];
    });
}
