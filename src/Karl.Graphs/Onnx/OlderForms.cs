namespace Karl.Graphs.Onnx;

/// <summary>Brings what older versions of the operators wrote otherwise into today's form.</summary>
internal static class OlderForms
{
    /// <summary>Axes of reductions used to be an attribute; equal splits did not say into how many parts.</summary>
    public static Attributes Renew(Graph graph, OnnxNode node, Operator @operator, List<Tensor?> inputs, Attributes attributes)
    {
        if (@operator is Operator.ReduceSum or Operator.ReduceSumSquare or Operator.ReduceMean or Operator.ReduceMax or Operator.ReduceMin && attributes.Any(entry => entry.Key == "axes"))
        {
            if (inputs.Count != 1) throw node.Error("axes are given both as an attribute and as an input.");
            inputs.Add(graph.Integers([.. attributes.Integers("axes", [])]));
            var rest = new Attributes();
            foreach (var (name, value) in attributes.Where(entry => entry.Key != "axes")) rest.Add(name, value);
            return rest;
        }
        if (@operator == Operator.Split && inputs.Count == 1 && attributes.All(entry => entry.Key != "num_outputs"))
        {
            attributes.Add("num_outputs", (long)node.Outputs.Count);
        }
        return attributes;
    }
}
