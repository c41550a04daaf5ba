namespace Karl.Graphs.Internals;

/// <summary>A window that slides over the last axes: its size, steps, gaps and the zeros around.</summary>
internal sealed record Window(IReadOnlyList<long> Kernel, IReadOnlyList<long> Strides, IReadOnlyList<long> Dilations, IReadOnlyList<long> Pads)
{
    public static Window Of(NodeDraft node, int axes, IReadOnlyList<long> kernel)
    {
        var ones = Enumerable.Repeat(1L, axes).ToArray();
        var window = new Window(
            kernel,
            node.Attributes.Integers("strides", ones),
            node.Attributes.Integers("dilations", ones),
            node.Attributes.Integers("pads", new long[2 * axes]));
        node.Require(window.Kernel.Count == axes && window.Strides.Count == axes && window.Dilations.Count == axes && window.Pads.Count == 2 * axes, $"kernel, strides, dilations and pads must be given for {axes} axes");
        node.Require(window.Kernel.Concat(window.Strides).Concat(window.Dilations).All(size => size > 0), "kernel, strides and dilations must be above zero");
        node.Require(window.Pads.All(pad => pad >= 0), "pads must not be negative");
        node.Require(node.Attributes.Text("auto_pad", "NOTSET") == "NOTSET", "padding must be given in numbers");
        return window;
    }

    /// <summary>How many places the window has along an axis.</summary>
    public Dimension Along(NodeDraft node, int axis, Dimension length)
    {
        var room = length + checked(Pads[axis] + Pads[axis + Kernel.Count] - Reach(axis));
        node.Require(!room.IsFixed || room.Value >= 0, $"a kernel of {Kernel[axis]} does not fit into a length of {length} with {Pads[axis]}+{Pads[axis + Kernel.Count]} of padding");
        return room.FloorDivide(Strides[axis]) + 1;
    }

    /// <summary>The length that has so many places.</summary>
    public Dimension Against(int axis, Dimension places) =>
        (places - 1) * Strides[axis] + checked(Reach(axis) - Pads[axis] - Pads[axis + Kernel.Count]);

    /// <summary>How many elements lie from the first to the last one under the kernel.</summary>
    public long Reach(int axis) => checked(Dilations[axis] * (Kernel[axis] - 1) + 1);
}
