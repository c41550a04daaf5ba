using Karl.Graphs;

namespace Karl.Benchmarks.Measuring;

/// <summary>
/// Counts the floating-point operations of a graph: two for each multiplication with addition in matrix products, convolutions and attention.
/// Everything else (norms, activations, softmax, additions) is left out, as is usual; it is a percent or two of these networks.
/// </summary>
internal static class FlopCounter
{
    private const long PerProduct = 2;

    /// <summary>The operations as a formula of the graph's named lengths, for example <c>batch</c> and <c>kept</c>.</summary>
    public static Dimension Count(Graph graph) => graph.Nodes.Aggregate((Dimension)0, (sum, node) => sum + Count(node));

    private static Dimension Count(Node node) => node.Operator switch
    {
        Operator.MatMul or Operator.MatMulInteger or Operator.DynamicQuantizeMatMul or Operator.MatMulNBits => Result(node) * Input(node, 0)[-1] * PerProduct,
        Operator.Gemm => Result(node) * Input(node, 0)[node.Attributes.Integer("transA", 0) == 0 ? 1 : 0] * PerProduct,
        Operator.Convolution => Result(node) * Kernel(node) * PerProduct,
        Operator.ConvolutionTranspose => Input(node, 0).ElementCount * Kernel(node) * PerProduct,
        Operator.Attention => Attention(Input(node, 0), Input(node, 2)) * PerProduct,
        _ => 0,
    };

    /// <summary>Products of each query with each key, and of each weight with each value: the heads share the width.</summary>
    private static Dimension Attention(Shape query, Shape value) => query[0] * query[1] * value[1] * (query[2] + value[2]);

    /// <summary>Products of one place: <c>[out, in / groups, height, width]</c>, or transposed <c>[in, out / groups, height, width]</c>, without the first axis.</summary>
    private static Dimension Kernel(Node node) => Input(node, 1)[1] * Input(node, 1)[2] * Input(node, 1)[3];

    private static Dimension Result(Node node) => node.Outputs[0].Shape.ElementCount;

    private static Shape Input(Node node, int index) => node.Inputs[index]!.Shape;
}
