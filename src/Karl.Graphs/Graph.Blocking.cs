using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>
    /// The same graph with convolutions whose weights depend on inputs computed in blocks of channels, as ONNX Runtime does by itself only with weights that are stored in the
    /// graph. On processors with kernels for it that takes half the time and less. Such a graph is for one kind of processor: with another number of channels in a block it gives
    /// wrong numbers, and where there are no kernels it cannot be loaded.
    /// </summary>
    /// <param name="block">How many channels ONNX Runtime puts into a block on this processor.</param>
    public Graph BlockConvolutions(int block)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(block, 1);
        var nodes = Needed().Nodes;
        var changing = new HashSet<Tensor>(_inputs);
        foreach (var node in nodes.Where(node => node.Inputs.Any(input => input is not null && changing.Contains(input)))) changing.UnionWith(node.Outputs);
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var input in _inputs) _ = copy[input];
        foreach (var node in nodes)
        {
            if (node.Operator == Operator.Convolution && changing.Contains(node.Inputs[1]!) && FallsIntoBlocks(node, block)) copy.Put(node.Outputs[0], Blocked(node, copy, block));
            else copy.Add(node);
        }
        foreach (var output in _outputs) graph.Output(output.Name, copy[output]);
        return graph;
    }

    private static bool FallsIntoBlocks(Node node, int block) =>
        node.Outputs[0].Type == ElementType.Float32 && node.Attributes.Integer("group", 1) == 1
        && node.Inputs[1]!.Shape[0].Value % block == 0 && node.Inputs[1]!.Shape[1].Value % block == 0;

    private static Tensor Blocked(Node node, GraphCopy copy, int block)
    {
        var weight = copy[node.Inputs[1]!];
        var (outputs, inputs, height, width) = (weight.Shape[0].Value, weight.Shape[1].Value, weight.Shape[2].Value, weight.Shape[3].Value);
        var ordered = weight.Reshape(outputs / block, block, inputs * height * width)
            .Transpose(0, 2, 1)                                                                             // in two steps, each of which moves runs of numbers
            .Reshape(outputs / block * (inputs / block), block, height * width, block)
            .Transpose(0, 2, 1, 3)                                                                          // [out / block * in / block, taps, block of in, block of out]
            .Reshape(outputs, inputs, height, width);
        var bias = node.Inputs.Count > 2 && node.Inputs[2] is { } added ? copy[added] : null;
        return weight.Graph.Apply1(Operator.BlockedConvolution, node.Attributes, bias is null ? [copy[node.Inputs[0]!].BlockChannels(), ordered] : [copy[node.Inputs[0]!].BlockChannels(), ordered, bias])
            .UnblockChannels();
    }
}
