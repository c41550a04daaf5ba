using Karl.Graphs.GradientRules;

namespace Karl.Graphs.Internals;

/// <summary>
/// Walks backwards from a loss over the nodes between it and the wanted tensors. Here, and not in the rules, a tensor's gradients from
/// several uses are added up, stretched axes are summed again, and gradients that are the same along an axis are kept short until somebody needs them long.
/// </summary>
internal sealed class GradientWalk(Graph graph, Tensor loss, IReadOnlyList<Tensor> wanted)
{
    private readonly HashSet<Tensor> _dependent = [.. wanted];
    private readonly Dictionary<Tensor, Tensor> _sums = [];

    public Tensor[] Run()
    {
        var nodes = graph.Nodes.ToArray();
        foreach (var node in nodes) Follow(node);
        if (_dependent.Contains(loss)) Add(loss, loss.Like(1).Reshape([.. loss.Shape]));
        foreach (var node in nodes.Reverse())
        {
            if (!node.Outputs.Any(_sums.ContainsKey) || !node.Inputs.Any(IsDependent)) continue;
            using (graph.Scope(node.Name)) PassOn(node);
        }
        return [.. wanted.Select(tensor => _sums.TryGetValue(tensor, out var sum) ? sum.Stretched(tensor.Shape) : tensor.Zeros(tensor.Shape))];
    }

    private bool IsDependent(Tensor? tensor) => tensor is not null && _dependent.Contains(tensor);

    private void Follow(Node node)
    {
        if (!GradientTable.EndsAt(node.Operator) && node.Inputs.Where((input, index) => IsDependent(input) && GradientTable.Reaches(node.Operator, index)).Any())
        {
            _dependent.UnionWith(node.Outputs.Where(output => output.Type.IsFloating()));
        }
    }

    private void PassOn(Node node)
    {
        var step = new GradientStep(node, [.. node.Outputs.Select(_sums.GetValueOrDefault)], [.. node.Inputs.Select(IsDependent)], wanted);
        var gradients = GradientTable.RuleOf(node).Apply(step);
        for (var index = 0; index < node.Inputs.Count; index++)
        {
            if (gradients.ElementAtOrDefault(index) is { } gradient && step.Wants(index)) Add(node.Inputs[index]!, gradient.Fitted(node.Inputs[index]!.Shape));
        }
    }

    private void Add(Tensor tensor, Tensor gradient) => _sums[tensor] = _sums.TryGetValue(tensor, out var sum) ? sum + gradient : gradient;
}
