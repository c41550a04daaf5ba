namespace Karl.Graphs.Tests;

/// <summary>What does not fit is refused with the node, what was found and what was wanted.</summary>
[TestClass]
public sealed class ShapeErrorTests
{
    private static readonly (Func<Given, Tensor> Build, string Message)[] Cases =
    [
        (g => g.X + g.Y, "Add at 'block.0': shapes [batch, 4, 8] and [batch, 5, 8] do not broadcast: '4' against '5' on axis 1; wanted equal lengths, or 1. Inputs: x: float32 [batch, 4, 8], y: float32 [batch, 5, 8]."),
        (g => g.X + g.Whole, "Add at 'block.0': the inputs must have one element type; cast one of them. Inputs: x: float32 [batch, 4, 8], whole: int64 [batch, 4]."),
        (g => g.Whole.EqualTo(0) + g.Whole.EqualTo(1), "truth values have no arithmetic; cast them"),
        (g => g.Whole.Sqrt(), "Sqrt at 'block.0': input 0 must be floating point"),
        (g => g.X.MatMul(g.Y), "the left has 8 columns and the right 5 rows; wanted the same"),
        (g => g.X.MatMul(g.X.Slice(0, 0, 1).Reshape(-1)), "both inputs must have at least 2 axes"),
        (g => g.X.Gemm(g.Y), "input 0 must have 2 axes, rows and columns"),
        (g => g.X.Softmax(3), "Softmax at 'block.0': axis 3 is not among the 3 axes"),
        (g => g.X.Transpose(0, 1), "[0, 1] is not an order of 3 axes"),
        (g => g.X.Transpose(0, 1, 1), "[0, 1, 1] is not an order of 3 axes"),
        (g => g.X.Reshape("batch", 5, 7), "Reshape of 'x': [batch, 4, 8] does not fall into [batch, 5, 7]; wanted the same number of elements, with at most one -1."),
        (g => g.X.Reshape("batch", 3, -1), "does not fall into [batch, 3, -1]"),
        (g => g.X.Reshape(-1, -1), "with at most one -1"),
        (g => g.X.Expand("batch", 4, "unheard"), "no tensor has an axis of length 'unheard'"),
        (g => g.X.Expand("batch", 5, 8), "shapes [batch, 4, 8] and [1, 5, 1] do not broadcast"),
        (g => g.X.Squeeze(1), "axis 1 has length 4; only axes of length 1 can go"),
        (g => g.X.Unsqueeze(0, 0), "an axis is named twice"),
        (g => g.X.Tile(1, 2), "wanted one count for each of 3 axes, found 2"),
        (g => g.X.Tile(1, -2, 1), "must not be negative"),
        (g => Tensor.Concat(0, g.X, g.Y), "input 1 differs from the first on another axis than 0"),
        (g => Tensor.Concat(1, g.X, g.Whole), "must have one element type"),
        (g => g.X.Split(1, 1, 2)[0], "the lengths 1 + 2 do not add up to 4, the length of axis 1"),
        (g => g.X.Split(0, 1, 2)[0], "do not add up to batch"),
        (g => g.X.Slice(1, 0, 2, 0), "the step must not be zero"),
        (g => g.X.Slice(0, -1, null, -1), "stepping backwards needs an axis of fixed length"),
        (g => g.X.First(1, g.Whole.Slice(1, 0, 1).ReduceSum()), "the ends must be known when the graph is built, or be an input of one element"),
        (g => g.X.Pad([0, 1], [0, 1]), "wanted a count before and after for each of 3 axes, found 4 counts"),
        (g => g.X.Pad([0, -3, 0], [0, -3, 0]), "Pad at 'block.0': Shape [batch, -2, 8] has a negative length. Inputs: x: "),
        (g => g.X.Gather(g.Y), "the indices must be int64 or int32"),
        (g => g.X.GatherElements(g.Whole, 1), "input 1 must have 3 axes, like the elements"),
        (g => g.X.TopK(9).Values, "axis 2 has 8 elements, fewer than the 9 asked for"),
        (g => g.X.Convolution(g.Image), "input 0 must have 4 axes, [batch, channels, height, width]"),
        (g => g.Image.Convolution(g.Weight(6, 3, 3, 3)), "the weight takes 3 channels in 1 groups, the image has 4"),
        (g => g.Image.Convolution(g.Weight(6, 4, 3, 3), g.Weight(5)), "the bias must be [6]"),
        (g => g.Image.Convolution(g.Weight(6, 4, 9, 9)), "a kernel of 9 does not fit into a length of 8 with 0+0 of padding"),
        (g => g.Image.Convolution(g.Weight(5, 2, 1, 1), groups: 2), "5 output channels do not fall into 2 groups"),
        (g => g.Image.ConvolutionTranspose(g.Weight(3, 4, 3, 3)), "the weight takes 3 channels, the image has 4"),
        (g => g.Image.ConvolutionTranspose(g.Weight(4, 1, 3, 3), stride: 2, outputPadding: 2), "the output padding [2, 2] must be smaller than the stride"),
        (g => g.Image.MaxPool(2, 1, 2), "the padding [2, 2, 2, 2] must be smaller than the kernel"),
        (g => g.Image.DepthToSpace(3), "4 channels do not fall into blocks of 3 x 3"),
        (g => g.Image.SpaceToDepth(3), "the height 8 does not fall into blocks of 3"),
        (g => g.X.LayerNormalization(g.Weight(4), null), "scale and bias must be [8]"),
        (g => g.Image.GroupNormalization(3, g.Weight(4), g.Weight(4)), "4 channels do not fall into 3 groups"),
        (g => g.X.Attention(g.X, g.X, 3), "a width of 8 does not fall into 3 heads"),
        (g => g.X.Attention(g.X, g.Y, 2), "key and value must have one length, found 4 and 5"),
        (g => g.X.QuantizeLinear(g.Weight(3), g.Graph.Constant(TensorData.From(new byte[3], 3))), "the scale must be a single number or [4]"),
        (g => g.X.MatMulNBits(g.Graph.Constant(TensorData.From(new byte[8], 1, 1, 8)), g.Weight(1, 1), null, 7, 1, 4, 16), "input 0 must have 7 columns"),
        (g => g.Whole.Where(g.X, g.Y), "input 0 must be truth values"),
        (g => g.X.Not(), "input 0 must be truth values"),
        (g => g.X * new Graph("other").Scalar(1), "Multiply at 'block.0' of graph 'misfits': tensor 'constant_0' belongs to graph 'other'; build it in the same graph."),
        (g => g.Whole + 0.5, "0.5 is not a whole number, so an integer tensor cannot hold it."),
        (g => g.Graph.Parameter("w", "batch", 3), "Weight 'block.0.w' has shape [batch, 3]; a weight needs fixed lengths."),
        (g => g.Graph.Apply(Operator.And, [])[0], "And at 'block.0': wanted 2 inputs, found 0"),
        (g => g.Graph.Apply(Operator.Relu, [g.X, g.X])[0], "wanted 1 inputs, found 2"),
        (g => g.Graph.Apply(Operator.Where, [null, g.X, g.X])[0], "input 0 is missing"),
        (g => g.X.Reshape([.. Enumerable.Repeat((Dimension)1, 70), -1]), "A shape has 70 axes; wanted at most 64."),
        (g => g.Weight(1L << 40, 1).MatMul(g.Weight(1, 1L << 40)).Reshape(-1), "The length 1208925819614629174706176 does not fit in 64 bits."),
    ];

    public static IEnumerable<object[]> CaseMessages => Cases.Select((_, index) => new object[] { index });

    [TestMethod]
    [DynamicData(nameof(CaseMessages))]
    public void Misfit_IsRefused_WithFoundAndWanted(int index)
    {
        var graph = new Graph("misfits");
        var given = new Given(
            graph,
            graph.Input("x", ElementType.Float32, "batch", 4, 8),
            graph.Input("y", ElementType.Float32, "batch", 5, 8),
            graph.Input("whole", ElementType.Int64, "batch", 4),
            graph.Input("image", ElementType.Float32, "batch", 4, 8, 8));
        using var outer = graph.Scope("block");
        using var inner = graph.Scope("0");

        var error = Assert.ThrowsExactly<ArgumentException>(() => Cases[index].Build(given));

        Assert.Contains(Cases[index].Message, error.Message);
    }

    private sealed record Given(Graph Graph, Tensor X, Tensor Y, Tensor Whole, Tensor Image)
    {
        public Tensor Weight(params Dimension[] shape) => Graph.Parameter($"w{Graph.Parameters.Count}", shape);
    }
}
