namespace Karl.Graphs.Tests.Operators;

internal static class ConvolutionCases
{
    public static OperatorCase[] All { get; } =
    [
        new(Operator.Convolution, "plain", b => b.X(2, 3, 5, 6).Convolution(b.X(4, 3, 3, 3)), x => SlowNetworks.Convolution(x[0], x[1], null, 1, 0, 1), 1e-4),
        new(Operator.Convolution, "stride, padding, bias", b => b.X(1, 2, 7, 5).Convolution(b.X(4, 2, 3, 3), b.X(4), 2, 1), x => SlowNetworks.Convolution(x[0], x[1], x[2], 2, 1, 1), 1e-4),
        new(Operator.Convolution, "groups", b => b.X(1, 4, 4, 4).Convolution(b.X(6, 2, 2, 2), null, 1, 0, 2), x => SlowNetworks.Convolution(x[0], x[1], null, 1, 0, 2), 1e-4),
        new(Operator.Convolution, "patches", b => b.X(2, 3, 8, 8).Convolution(b.X(5, 3, 4, 4), b.X(5), 4), x => SlowNetworks.Convolution(x[0], x[1], x[2], 4, 0, 1), 1e-4),
        new(Operator.Convolution, "size one", b => b.X(1, 1, 1, 1).Convolution(b.X(1, 1, 1, 1)), x => Slow.Zip(x[0], x[1], (l, r) => l * r)),
        new(Operator.Convolution, "padding below and right", b => b.X(1, 1, 4, 4).Convolution(b.X(1, 1, 3, 3), null, 2, new Padding(0, 0, 1, 1)), x => SlowNetworks.Convolution(Padded(x[0]), x[1], null, 2, 0, 1), 1e-4),
        new(Operator.BlockChannels, "and back", b => b.X(2, 32, 3, 4).BlockChannels().UnblockChannels(), x => x[0]),
        new(Operator.UnblockChannels, "several of a map", b => b.X(1, 16, 2, 3).BlockChannels().UnblockChannels(), x => x[0]),
        new(Operator.BlockedConvolution, "all weights alike, which has no order", b => b.X(2, 16, 4, 5).BlockChannels().BlockedConvolution(b.X(1, 1, 1, 1).Expand(32, 16, 3, 3), b.X(1).Expand(32), 2, 1).UnblockChannels(), x => SlowNetworks.Convolution(x[0], Alike(x[1], 32, 16, 3, 3), Alike(x[2], 32), 2, 1, 1), 1e-4),
        new(Operator.ConvolutionTranspose, "plain", b => b.X(2, 3, 4, 5).ConvolutionTranspose(b.X(3, 4, 3, 3)), x => SlowNetworks.ConvolutionTranspose(x[0], x[1], null, 1, 0, 0, 1), 1e-4),
        new(Operator.ConvolutionTranspose, "stride, padding, bias", b => b.X(1, 2, 3, 4).ConvolutionTranspose(b.X(2, 3, 4, 4), b.X(3), 2, 1), x => SlowNetworks.ConvolutionTranspose(x[0], x[1], x[2], 2, 1, 0, 1), 1e-4),
        new(Operator.ConvolutionTranspose, "output padding", b => b.X(1, 2, 3, 3).ConvolutionTranspose(b.X(2, 1, 3, 3), null, 2, 1, 1), x => SlowNetworks.ConvolutionTranspose(x[0], x[1], null, 2, 1, 1, 1), 1e-4),
        new(Operator.ConvolutionTranspose, "groups", b => b.X(1, 4, 3, 3).ConvolutionTranspose(b.X(4, 3, 2, 2), null, 2, 0, 0, 2), x => SlowNetworks.ConvolutionTranspose(x[0], x[1], null, 2, 0, 0, 2), 1e-4),
    ];

    private static Slow Alike(Slow number, params int[] shape) => Slow.Make(shape, _ => number.Values[0]);

    private static Slow Padded(Slow image) => Slow.Make([image.Shape[0], image.Shape[1], image.Shape[2] + 1, image.Shape[3] + 1], place =>
        place[2] < image.Shape[2] && place[3] < image.Shape[3] ? image[place] : 0);
}
