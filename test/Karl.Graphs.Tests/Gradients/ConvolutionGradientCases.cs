namespace Karl.Graphs.Tests.Gradients;

internal static class ConvolutionGradientCases
{
    public static GradientCase[] All { get; } =
    [
        new(Operator.Convolution, "3 x 3, padded", b => b.X(2, 3, 4, 5).Convolution(b.X(2, 3, 3, 3), b.X(2), padding: 1), ElementType.Float32),
        new(Operator.Convolution, "no padding", b => b.X(1, 2, 4, 5).Convolution(b.X(3, 2, 2, 3)), ElementType.Float32),
        new(Operator.Convolution, "1 x 1", b => b.X(2, 3, 2, 2).Convolution(b.X(4, 3, 1, 1), b.X(4)), ElementType.Float32),
        new(Operator.Convolution, "stride 2, padding below and right", b => b.X(1, 2, 4, 4).Convolution(b.X(2, 2, 3, 3), b.X(2), 2, new Padding(0, 0, 1, 1)), ElementType.Float32),
        new(Operator.Convolution, "stride 2, a row and a column unused", b => b.X(1, 2, 4, 6).Convolution(b.X(2, 2, 3, 3), null, 2), ElementType.Float32),
        new(Operator.Convolution, "stride 3, kernel 2, much padding", b => b.X(1, 1, 5, 4).Convolution(b.X(2, 1, 2, 2), null, 3, new Padding(1, 2, 2, 1)), ElementType.Float32),
        new(Operator.Convolution, "patches, symbolic batch", b => b.X(["batch", 2, 4, 6], 2, 2, 4, 6).Convolution(b.X(3, 2, 2, 2), b.X(3), 2), ElementType.Float32),
        new(Operator.Convolution, "patches, two pixels unused", b => b.X(1, 2, 4, 5).Convolution(b.X(2, 2, 3, 3), null, 3), ElementType.Float32),
        new(Operator.Convolution, "groups", b => b.X(1, 4, 3, 3).Convolution(b.X(6, 2, 2, 2), null, 1, 0, 2), ElementType.Float32),
        new(Operator.Convolution, "a group for each channel, stride 2", b => b.X(1, 3, 4, 4).Convolution(b.X(3, 1, 2, 2), null, 2, 1, 3), ElementType.Float32),
        new(Operator.Convolution, "padding wider than the kernel", b => b.X(1, 1, 2, 2).Convolution(b.X(1, 1, 2, 2), null, 1, 2), ElementType.Float32),
        new(Operator.Convolution, "gaps in the kernel", b => b.Graph.Apply(Operator.Convolution, [b.X(1, 2, 5, 5), b.X(2, 2, 2, 2)], new() { { "dilations", new long[] { 2, 2 } }, { "pads", new long[] { 1, 0, 1, 2 } } })[0], ElementType.Float32),
        new(Operator.Convolution, "symbolic height and width", b => b.X(["batch", 2, "height", "width"], 2, 2, 3, 4).Convolution(b.X(2, 2, 3, 3), null, padding: 1), ElementType.Float32),
        new(Operator.Convolution, "many channels", b => b.X(2, 32, 2, 3).Convolution(b.X(2, 32, 3, 3), null, 1, 1), ElementType.Float32),
        new(Operator.Convolution, "few channels to many", b => b.X(1, 2, 3, 3).Convolution(b.X(9, 2, 3, 3), null, 1, 1), ElementType.Float32),
        new(Operator.Convolution, "a large map, in one direction of it", b => b.X(1, 1, 1, 260).Convolution(b.X(2, 1, 1, 3), null, 1, new Padding(0, 1, 0, 0)), ElementType.Float32),
        new(Operator.Convolution, "a large map of several channels", b => b.X(1, 8, 2, 128).Convolution(b.X(3, 8, 3, 3), null, padding: 1), ElementType.Float32),
        new(Operator.Convolution, "a large map, symbolic batch, padded on two sides", b => b.X(["batch", 8, 16, 16], 2, 8, 16, 16).Convolution(b.X(1, 8, 2, 3), b.X(1), 1, new Padding(1, 0, 0, 2)), ElementType.Float32),
        new(Operator.Convolution, "a large map, no padding, one row", b => b.X(1, 8, 1, 257).Convolution(b.X(2, 8, 1, 2)), ElementType.Float32),
        new(Operator.Convolution, "symbolic height, groups, gaps", b => b.Graph.Apply(Operator.Convolution, [b.X([1, 4, "height", 4], 1, 4, 5, 4), b.X(4, 2, 2, 2)], new() { { "dilations", new long[] { 2, 1 } }, { "group", 2L }, { "pads", new long[] { 1, 0, 2, 1 } } })[0], ElementType.Float32),
        new(Operator.Convolution, "size one", b => b.X(1, 1, 1, 1).Convolution(b.X(1, 1, 1, 1)), ElementType.Float32),
        new(Operator.ConvolutionTranspose, "plain", b => b.X(2, 3, 2, 3).ConvolutionTranspose(b.X(3, 2, 3, 3), b.X(2)), ElementType.Float32),
        new(Operator.ConvolutionTranspose, "stride, padding", b => b.X(1, 2, 3, 2).ConvolutionTranspose(b.X(2, 3, 4, 4), b.X(3), 2, 1), ElementType.Float32),
        new(Operator.ConvolutionTranspose, "output padding", b => b.X(1, 2, 3, 3).ConvolutionTranspose(b.X(2, 1, 3, 3), null, 2, 1, 1), ElementType.Float32),
        new(Operator.ConvolutionTranspose, "groups", b => b.X(1, 4, 2, 2).ConvolutionTranspose(b.X(4, 3, 2, 2), null, 2, 0, 0, 2), ElementType.Float32),
    ];
}
