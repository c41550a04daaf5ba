using System.Diagnostics;
using Karl.Graphs.Onnx;

namespace Karl.Graphs.Tests.Onnx;

/// <summary>Files that are well formed, but made to cost far more memory or time than their size.</summary>
[TestClass]
public sealed class GreedyFileTests
{
    private const int Many = 20_000;

    private static readonly Dictionary<string, Func<byte[]>> Files = new()
    {
        ["lengths that double"] = () => Chain("Concat", (name, _) => [name, name], first: g => g.Weight("x", 7, [60], t => t.Bytes(7, new byte[60])), attribute: n => n.Integer("axis", 0), count: 60),
        ["names that multiply"] = () => Chain("Reshape", (name, _) => [name, "flat"], first: g => { g.Input("x", "a*b", "c*d", 8); g.Weight("flat", 7, [1], t => t.Integer(7, -1)); }),
        ["halves of halves"] = () => Chain("MaxPool", (name, _) => [name], first: g => g.Input("x", 1, 1, "height", "width"), attribute: n => { n.Integers("kernel_shape", 1, 1); n.Integers("strides", 2, 2); }),
        ["sums of sums"] = () => Chain("MatMul", (name, _) => [name, name], first: g => g.Input("x", "n", "n")),
        ["long symbolic rows"] = () => Chain("Add", (name, _) => [name, "x"], first: g =>
        {
            g.Input("v", [.. Enumerable.Range(0, 30).Select(axis => Dimension.Named($"a_rather_long_name_of_a_length_{axis}"))]);
            g.Node("Shape", ["v"], ["x"]);
        }),
        ["axes without end"] = () => Chain("Unsqueeze", (name, _) => [name, "axes"], first: g => { g.Input("x", 2); g.Weight("axes", 7, [20], t => t.Bytes(7, [.. Enumerable.Range(0, 20).Select(axis => (byte)axis)])); }),
        ["inputs without end"] = () => HandMade.OneNode("Concat", [.. Enumerable.Repeat("x", Many * 10)], more: n => n.Integer("axis", 0)),
        ["nodes without end"] = () => Chain("Relu", (name, _) => [name], first: g => g.Input("x", 2)),
        ["outputs without end"] = () => HandMade.Model(g => { for (var index = 0; index < Many; index++) { g.Input($"x{index}", 1); g.Output($"x{index}"); } }),
        ["attributes without end"] = () => HandMade.OneNode("Relu", more: n => { for (var index = 0; index < Many; index++) n.Integer("ceil_mode", 0); }),
        ["metadata without end"] = () => HandMade.OneNode("Relu").Concat(HandMade.Bytes(m => { for (var index = 0; index < Many; index++) m.Message(OnnxFields.Model.Metadata, e => e.Text(1, $"{index}")); })).ToArray(),
        ["sum of many lengths"] = () => HandMade.Model(g => g.Input("x", Dimension.Named(string.Join('+', Enumerable.Range(0, 200).Select(index => $"n{index}"))))),
        ["brackets in brackets"] = () => HandMade.Model(g => g.Input("x", Dimension.Named(string.Concat(Enumerable.Repeat("floor((", 60)) + "n" + string.Concat(Enumerable.Repeat(")/2)", 60))))),
    };

    public static IEnumerable<object[]> FileNames => Files.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(FileNames))]
    public void Read_Greedy_TakesLittleMemoryAndTime(string name)
    {
        var file = Files[name]();
        Graph? graph = null;
        var heldBefore = GC.GetTotalMemory(forceFullCollection: true);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();

        try
        {
            graph = OnnxReader.Read(file).Graph;
        }
        catch (OnnxFormatException error)
        {
            Assert.IsLessThan(10_000, error.Message.Length);
        }
        OnnxSummary.Read(file);

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var held = GC.GetTotalMemory(forceFullCollection: true) - heldBefore;
        Console.WriteLine($"{file.Length} bytes in the file, {held} held, {allocated} allocated, {seconds:F2} s");
        // One second where nothing else runs; a busy machine takes five. What grows without bound takes minutes.
        Assert.IsLessThan(15.0, seconds);
        Assert.IsLessThan(32_000_000 + 500L * file.Length, allocated);
        Assert.IsLessThan(8_000_000 + 50L * file.Length, held);
        GC.KeepAlive(graph);
    }

    [TestMethod]
    public void Read_SummaryOfGraphsWithinGraphs_GoesDownWithoutAStack()
    {
        byte[] graph = HandMade.Bytes(g => g.Node("Relu", ["x"], ["y"]));
        for (var depth = 0; depth < 2000; depth++)
        {
            var inner = graph;
            graph = HandMade.Bytes(g => g.Node("If", ["c"], ["y"], n => n.Message(OnnxFields.Node.Attributes, a => a.Bytes(OnnxFields.Attribute.Subgraph, inner))));
        }

        var summary = OnnxSummary.Read(HandMade.Bytes(m => m.Bytes(OnnxFields.Model.Graph, graph)));

        Assert.AreEqual(2000, summary.Operators["If"]);
        Assert.AreEqual(1, summary.Operators["Relu"]);
    }

    private static byte[] Chain(string @operator, Func<string, int, string[]> inputs, Action<WireWriter> first, Action<WireWriter>? attribute = null, int count = Many) => HandMade.Model(g =>
    {
        first(g);
        for (var index = 0; index < count; index++) g.Node(@operator, inputs(index == 0 ? "x" : $"{index - 1}", index), [$"{index}"], attribute);
        g.Output($"{count - 1}");
    });
}
