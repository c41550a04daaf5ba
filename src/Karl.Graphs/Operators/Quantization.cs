using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Tensor
{
    /// <summary>round(x / scale) + zero point, held within the zero point's type (uint8 or int8). Scale and zero point are single numbers, or <c>[length of the axis]</c>.</summary>
    public Tensor QuantizeLinear(Tensor scale, Tensor zeroPoint, int axis = 1) =>
        Graph.Apply1(Operator.QuantizeLinear, new() { { "axis", (long)axis } }, this, scale, zeroPoint);

    /// <summary>(x - zero point) * scale, of the scale's type. Scale and zero point are single numbers, or <c>[length of the axis]</c>.</summary>
    public Tensor DequantizeLinear(Tensor scale, Tensor? zeroPoint = null, int axis = 1) => Graph.Apply1(
        Operator.DequantizeLinear, new() { { "axis", (long)axis } }, zeroPoint is null ? [this, scale] : [this, scale, zeroPoint]);

    /// <summary>A float32 tensor as uint8, with the scale (float32) and zero point (uint8) that its own range asks for.</summary>
    public (Tensor Values, Tensor Scale, Tensor ZeroPoint) DynamicQuantizeLinear()
    {
        var results = Graph.Apply(Operator.DynamicQuantizeLinear, [this]);
        return (results[0], results[1], results[2]);
    }

    /// <summary>Matrix product of 8-bit integers less their zero points, as int32.</summary>
    public Tensor MatMulInteger(Tensor right, Tensor? zeroPoint = null, Tensor? rightZeroPoint = null) =>
        Graph.Apply1(Operator.MatMulInteger, null, this, right, zeroPoint, rightZeroPoint);

    /// <summary>
    /// Quantizes this float32 tensor by its own range, multiplies it with an 8-bit weight <c>[in, out]</c>, scales back and adds a float32 bias <c>[out]</c>.
    /// Weight scale and zero point are single numbers or <c>[out]</c>.
    /// </summary>
    public Tensor DynamicQuantizeMatMul(Tensor weight, Tensor weightScale, Tensor? weightZeroPoint = null, Tensor? bias = null) =>
        Graph.Apply1(Operator.DynamicQuantizeMatMul, null, this, weight, weightScale, weightZeroPoint, bias);

    /// <summary>
    /// Matrix product with a weight packed in few bits: <paramref name="weight"/> uint8 <c>[out, blocks, block size * bits / 8]</c>,
    /// <paramref name="scales"/> <c>[out, blocks]</c> (or flat), optional packed zero points.
    /// </summary>
    /// <param name="weight">The packed weight.</param>
    /// <param name="scales">One scale per output and block.</param>
    /// <param name="zeroPoints">Packed zero points, or null for the middle of the range.</param>
    /// <param name="inputWidth">Columns of this tensor.</param>
    /// <param name="outputWidth">Columns of the result.</param>
    /// <param name="bits">Bits per weight.</param>
    /// <param name="blockSize">Weights that share one scale.</param>
    /// <param name="accuracyLevel">What ONNX Runtime may compute in: 0 as it likes, 1 float32, 4 int8.</param>
    public Tensor MatMulNBits(Tensor weight, Tensor scales, Tensor? zeroPoints, long inputWidth, long outputWidth, int bits, int blockSize, int accuracyLevel = 0) =>
        Graph.Apply1(
            Operator.MatMulNBits,
            new() { { "K", inputWidth }, { "N", outputWidth }, { "accuracy_level", (long)accuracyLevel }, { "bits", (long)bits }, { "block_size", (long)blockSize } },
            zeroPoints is null ? [this, weight, scales] : [this, weight, scales, zeroPoints]);
}

internal static class QuantizationRules
{
    public static TensorFacts[] Quantize(NodeDraft node)
    {
        node.RequireFloating(0);
        node.RequireSameType(0, 1);
        if (node.Optional(2) is not null) RequireBytes(node, 2);
        return [new(node.Optional(2)?.Type ?? ElementType.UInt8, Checked(node))];
    }

    public static TensorFacts[] Dequantize(NodeDraft node)
    {
        node.Require(node[0].Type is ElementType.UInt8 or ElementType.Int8 or ElementType.Int32, "input 0 must be uint8, int8 or int32");
        node.RequireFloating(1);
        if (node.Optional(2) is not null) node.RequireSameType(0, 2);
        return [new(node[1].Type, Checked(node))];
    }

    public static TensorFacts[] Dynamic(NodeDraft node)
    {
        node.Require(node[0].Type == ElementType.Float32, "input 0 must be float32");
        return [new(ElementType.UInt8, node[0].Shape), new(ElementType.Float32, Shape.Scalar), new(ElementType.UInt8, Shape.Scalar)];
    }

    public static TensorFacts[] MatMulInteger(NodeDraft node)
    {
        RequireBytes(node, 0);
        RequireBytes(node, 1);
        return [new(ElementType.Int32, MatrixProductRules.ProductShape(node, node[0].Shape, node[1].Shape))];
    }

    public static TensorFacts[] DynamicMatMul(NodeDraft node)
    {
        node.Require(node[0].Type == ElementType.Float32, "input 0 must be float32");
        RequireBytes(node, 1);
        return [new(ElementType.Float32, MatrixProductRules.ProductShape(node, node[0].Shape, node[1].Shape))];
    }

    public static TensorFacts[] MatMulNBits(NodeDraft node)
    {
        node.RequireFloating(0);
        node.RequireSameType(0, 2);
        node.Require(node[1].Type == ElementType.UInt8, "the packed weight must be uint8");
        var (inner, outer) = (node.Attributes.Integer("K", 0), node.Attributes.Integer("N", 0));
        node.Require(node[0].Rank >= 2 && node[0].Shape[-1] == inner, $"input 0 must have {inner} columns");
        var (bits, block) = (node.Attributes.Integer("bits", 4), node.Attributes.Integer("block_size", 0));
        node.Require(bits is >= 2 and <= 8 && block is >= 16 and <= 1 << 20 && inner > 0, $"wanted 2 to 8 bits, blocks of at least 16 and columns, found bits {bits}, block_size {block}, K {inner}");
        var wanted = new Shape(outer, (inner - 1) / block + 1, (block * bits - 1) / 8 + 1);
        node.Require(node[1].Shape.Equals(wanted), $"the packed weight must be {wanted}: rows, blocks, bytes of a block");
        return [new(node[0].Type, node[0].Shape.With(-1, outer))];
    }

    private static Shape Checked(NodeDraft node)
    {
        var shape = node[0].Shape;
        if (node[1].Rank == 0) return shape;
        var axis = node.Axis(node.Attributes.Integer("axis", 1), shape.Rank);
        node.Require(node[1].Shape.Equals(new Shape(shape[axis])), $"the scale must be a single number or [{shape[axis]}]");
        node.Require(node.Optional(2) is not { } zeroPoint || zeroPoint.Shape.Equals(node[1].Shape), $"the zero point must be {node[1].Shape}, like the scale");
        return shape;
    }

    private static void RequireBytes(NodeDraft node, int index) =>
        node.Require(node[index].Type is ElementType.UInt8 or ElementType.Int8, $"input {index} must be uint8 or int8");
}
