using Karl.Graphs.Internals;

namespace Karl.Graphs;

public sealed partial class Graph
{
    /// <summary>What the names of a quantized weight and of its scales end with.</summary>
    public const string Int8Suffix = ".int8", ScaleSuffix = ".scale";

    /// <summary>
    /// The same graph with chosen matrix products computed in 8 bits: their right-hand weight <c>[in, out]</c> becomes int8 under its name and
    /// <see cref="Int8Suffix"/>, with one float32 scale per column under its name and <see cref="ScaleSuffix"/>; the left-hand side is quantized by its own range at every run.
    /// </summary>
    /// <param name="isQuantized">Which weights; only those of two axes that stand on the right of a product are asked about.</param>
    public Graph QuantizeProducts(Func<Tensor, bool> isQuantized)
    {
        ArgumentNullException.ThrowIfNull(isQuantized);
        var nodes = Needed().Nodes;
        var uses = nodes.SelectMany(node => node.Inputs.OfType<Tensor>()).Concat(_outputs).GroupBy(tensor => tensor).ToDictionary(group => group.Key, group => group.Count());
        var graph = new Graph(Name);
        var copy = new GraphCopy(this, graph);
        foreach (var input in _inputs) _ = copy[input];
        var waiting = new HashSet<Tensor>();
        foreach (var node in nodes)
        {
            if (IsQuantizedProduct(node, isQuantized))
            {
                if (uses[node.Outputs[0]] == 1 && nodes.Any(other => BiasOf(other, node.Outputs[0]) is not null)) waiting.Add(node.Outputs[0]);
                else copy.Put(node.Outputs[0], Product(node, null));
            }
            else if (node.Inputs.OfType<Tensor>().FirstOrDefault(waiting.Contains) is { } product)
            {
                copy.Put(node.Outputs[0], Product(product.Producer!, copy[BiasOf(node, product)!]));
            }
            else
            {
                copy.Add(node);
            }
        }
        foreach (var output in _outputs) graph.Output(output.Name, copy[output]);
        return graph;

        Tensor Product(Node node, Tensor? bias)
        {
            var weight = node.Inputs[1]!;
            var values = graph.AddParameter(weight.Name + Int8Suffix, ElementType.Int8, weight.Shape, null);
            var scales = graph.AddParameter(weight.Name + ScaleSuffix, ElementType.Float32, new Shape(weight.Shape[1]), null);
            return copy[node.Inputs[0]!].DynamicQuantizeMatMul(values, scales, bias: bias);
        }
    }

    private static bool IsQuantizedProduct(Node node, Func<Tensor, bool> isQuantized) =>
        node.Operator == Operator.MatMul && node.Inputs[1] is { Kind: TensorKind.Parameter, Type: ElementType.Float32, Rank: 2, Data: null } weight && isQuantized(weight);

    /// <summary>The weight of one axis that a node adds to a product; null where it does something else.</summary>
    private static Tensor? BiasOf(Node node, Tensor product) =>
        node.Operator == Operator.Add && node.Inputs.Contains(product) && node.Inputs.FirstOrDefault(input => input != product) is { Kind: TensorKind.Parameter, Rank: 1 } bias ? bias : null;
}
