using Karl.Testing;

namespace Karl.Graphs.Tests;

/// <summary>Shapes with names in them: as declared, and as found by ONNX Runtime for two sets of lengths.</summary>
[TestClass]
public sealed class SymbolicShapeTests
{
    private static readonly Dictionary<string, (Func<Given, Tensor> Build, string Shape)> Cases = new()
    {
        ["add"] = (g => g.Tokens + g.Tokens, "[batch, tokens, 8]"),
        ["add of row"] = (g => g.Tokens + g.Tokens.Slice(1, 0, 1), "[batch, tokens, 8]"),
        ["matrix product"] = (g => g.Tokens.MatMul(g.Tokens.Transpose(0, 2, 1)), "[batch, tokens, tokens]"),
        ["concat"] = (g => Tensor.Concat(1, g.Tokens, g.Tokens, g.Graph.Floats(new float[8]).Expand("batch", 1, 8)), "[batch, 2*tokens+1, 8]"),
        ["pad"] = (g => g.Tokens.Pad([0, 1, 0], [0, 2, 0]), "[batch, tokens+3, 8]"),
        ["tile"] = (g => g.Tokens.Tile(1, 3, 1), "[batch, 3*tokens, 8]"),
        ["slice off"] = (g => g.Tokens.Slice(1, 1), "[batch, tokens-1, 8]"),
        ["slice before the end"] = (g => g.Tokens.Slice(1, 0, -1), "[batch, tokens-1, 8]"),
        ["every second"] = (g => g.Tokens.Slice(1, 0, null, 2), "[batch, floor((tokens+1)/2), 8]"),
        ["first by input"] = (g => g.Tokens.First(1, g.Budget), "[batch, budget, 8]"),
        ["first by length"] = (g => g.Tokens.First(1, g.Graph.LengthOf("tokens-1")), "[batch, tokens-1, 8]"),
        ["first, then all arithmetic"] = (g => Tensor.Concat(1, g.Tokens.First(1, g.Budget), g.Tokens), "[batch, budget+tokens, 8]"),
        ["reshape, heads"] = (g => g.Tokens.Reshape("batch", "tokens", 2, 4), "[batch, tokens, 2, 4]"),
        ["reshape, flat"] = (g => g.Tokens.Reshape("batch*tokens", 8), "[batch*tokens, 8]"),
        ["reshape, open"] = (g => g.Tokens.Reshape(-1, 4), "[2*batch*tokens, 4]"),
        ["reshape, swapped"] = (g => g.Tokens.Reshape("tokens", "batch", 8), "[tokens, batch, 8]"),
        ["reshape, back"] = (g => g.Tokens.Reshape("batch*tokens", 8).Reshape("batch", "tokens", 8), "[batch, tokens, 8]"),
        ["reshape, image"] = (g => g.Image.Reshape("batch", 4, "height*width"), "[batch, 4, height*width]"),
        ["reshape, image open"] = (g => g.Image.Reshape(g.Image.Shape[0], 4, -1), "[batch, 4, height*width]"),
        ["expand"] = (g => g.Graph.Floats(1, 2).Expand("batch", "tokens", 2), "[batch, tokens, 2]"),
        ["expand one axis"] = (g => g.Tokens.Unsqueeze(1).Expand("batch", "tokens", "tokens", 8), "[batch, tokens, tokens, 8]"),
        ["reduce"] = (g => g.Tokens.ReduceMean([1], true), "[batch, 1, 8]"),
        ["arg max"] = (g => g.Tokens.ArgMax(-1), "[batch, tokens]"),
        ["gather"] = (g => g.Graph.Floats(new float[20]).Reshape(5, 4).Gather(g.Tokens.ArgMax(-1).Min(4)), "[batch, tokens, 4]"),
        ["one hot"] = (g => g.Tokens.ArgMax(-1).OneHot(8), "[batch, tokens, 8]"),
        ["range"] = (g => g.Graph.Range("tokens+1"), "[tokens+1]"),
        ["range of floor"] = (g => g.Graph.Range(((Dimension)"tokens").FloorDivide(2)), "[floor((tokens)/2)]"),
        ["shape"] = (g => g.Tokens.ShapeOf(), "[3]"),
        ["attention"] = (g => g.Tokens.First(1, g.Budget).Attention(g.Tokens, g.Tokens, 2), "[batch, budget, 8]"),
        ["attention mask row"] = (g => g.Graph.Range("tokens").Less(g.Budget).Unsqueeze(0), "[1, tokens]"),
        ["convolution"] = (g => g.Image.Convolution(g.Graph.Floats(new float[72]).Reshape(2, 4, 3, 3), padding: 1), "[batch, 2, height, width]"),
        ["convolution, halved"] = (g => g.Image.Convolution(g.Graph.Floats(new float[36]).Reshape(1, 4, 3, 3), stride: 2, padding: new(0, 0, 1, 1)), "[batch, 1, floor((height-2)/2)+1, floor((width-2)/2)+1]"),
        ["pool"] = (g => g.Image.AveragePool(2), "[batch, 4, floor((height-2)/2)+1, floor((width-2)/2)+1]"),
        ["pool, flat"] = (g => g.Image.MaxPool(2).Reshape("batch", 4, -1).Transpose(0, 2, 1), "[batch, floor((height-2)/2)*floor((width-2)/2)+floor((height-2)/2)+floor((width-2)/2)+1, 4]"),
        ["transposed convolution"] = (g => g.Image.ConvolutionTranspose(g.Graph.Floats(new float[64]).Reshape(4, 1, 4, 4), stride: 2, padding: 1), "[batch, 1, 2*height, 2*width]"),
        ["grown"] = (g => g.Image.ResizeNearest(2), "[batch, 4, 2*height, 2*width]"),
        ["depth to space and back"] = (g => g.Image.DepthToSpace(2).SpaceToDepth(2), "[batch, 4, height, width]"),
        ["group normalization"] = (g => g.Image.GroupNormalization(2, g.Graph.Floats(1, 1, 1, 1), g.Graph.Floats(0, 0, 0, 0)), "[batch, 4, height, width]"),
    };

    public static IEnumerable<object[]> CaseNames => Cases.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(CaseNames))]
    public void Shape_Symbolic_IsWhatIsFound(string name)
    {
        var graph = new Graph(name);
        var given = new Given(
            graph,
            graph.Input("x", ElementType.Float32, "batch", "tokens", 8),
            graph.Input("image", ElementType.Float32, "batch", 4, "height", "width"),
            graph.Input("budget", ElementType.Int64, 1));

        var output = graph.Output("result", Cases[name].Build(given));

        Assert.AreEqual(Cases[name].Shape, output.Shape.ToString());
        AssertFound(output, new() { ["batch"] = 2, ["tokens"] = 5, ["height"] = 6, ["width"] = 4, ["budget"] = 3 });
        AssertFound(output, new() { ["batch"] = 1, ["tokens"] = 4, ["height"] = 7, ["width"] = 2, ["budget"] = 1 });
    }

    private static void AssertFound(Tensor output, Dictionary<string, long> lengths)
    {
        var inputs = output.Graph.Inputs.ToDictionary(input => input.Name, input => input.Name == "budget"
            ? TensorData.From([lengths["budget"]], 1)
            : TensorData.From(new float[input.Shape.ElementCount.Evaluate(lengths)], input.Shape.Evaluate(lengths)));
        CollectionAssert.AreEqual(output.Shape.Evaluate(lengths), OnnxRun.Run(output.Graph, inputs)["result"].Shape.ToArray());
    }

    private sealed record Given(Graph Graph, Tensor Tokens, Tensor Image, Tensor Budget);
}
