using Karl.Graphs.Internals;

namespace Karl.Graphs.GradientRules;

/// <summary>
/// The gradient of a convolution's weight on large maps, where cutting out the pixels under every tap takes longer than multiplying them. Rows are written one after
/// another with a gap of zeros between them, so that moving a map by a row or a column is moving a row of numbers. The gradient's map is put side by side moved by every
/// row of the kernel and the image's moved by one of its columns, so that for a kernel of 3 x 3 three copies of each make nine taps.
/// </summary>
internal static class ShiftedProducts
{
    /// <summary>Below so many places in a map, the zeros between rows outweigh what is saved.</summary>
    private const long FewestPlaces = 256;

    /// <summary>Below so many channels of the image, one product with all taps side by side is faster.</summary>
    private const long FewestChannels = 8;

    /// <summary>Whether the window steps by single pixels over a map that is large enough, and both sides have channels of the same order.</summary>
    public static bool Suit(Window window, Shape image, Shape gradient) =>
        window.Strides.All(stride => stride == 1) && window.Dilations.All(gap => gap == 1) && Enumerable.Range(0, 4).All(side => window.Pads[side] < window.Kernel[side % 2])
        && (gradient[2] * gradient[3]) is { IsFixed: true } places && places.Value >= FewestPlaces && image[3].Value >= window.Kernel[1]
        && image[1].Value >= FewestChannels && gradient[1].Value <= 2 * image[1].Value;

    /// <summary>The gradient of the weight, <c>[out, in, kernel height, kernel width]</c>.</summary>
    /// <param name="window">The window, which suits.</param>
    /// <param name="image">What it slides over, <c>[batch, in, height, width]</c>.</param>
    /// <param name="gradient">One number for each place, <c>[batch, out, rows, columns]</c>.</param>
    public static Tensor Weight(Window window, Tensor image, Tensor gradient)
    {
        var (batch, inputs, outputs) = (image.Shape[0], image.Shape[1], gradient.Shape[1]);
        var (kernelHeight, kernelWidth) = (window.Kernel[0], window.Kernel[1]);
        var (rows, columns) = (gradient.Shape[2].Value, gradient.Shape[3].Value);
        var line = image.Shape[3].Value + Math.Max(window.Pads[1], window.Pads[3]);                             // a row and the gap after it
        var length = (rows + kernelHeight - 1) * line;
        var spaced = gradient.Surrounded([0, 0, 0, 0], [0, 0, 0, line - columns]).Reshape(batch, outputs, rows * line);
        var gap = spaced.Zeros(new Shape(batch, outputs, kernelHeight * line));
        Tensor[] moved = [.. Enumerable.Range(0, (int)kernelHeight).SelectMany(row => row == 0 ? [spaced] : new[] { gap, spaced })];
        var byRow = (moved.Length == 1 ? spaced : Tensor.Concat(2, moved)).Reshape(batch, outputs * kernelHeight, length);
        var beyond = (kernelWidth + line - 2) / line;                                                           // rows that the last columns reach over
        var pixels = image.Surrounded([0, 0, window.Pads[0], window.Pads[1]], [0, 0, window.Pads[2] + beyond, line - image.Shape[3] - window.Pads[1]])
            .Reshape(batch, inputs, length + beyond * line);
        var products = Enumerable.Range(0, (int)kernelWidth).Select(column =>
        {
            var under = pixels.Shape[2] == length ? pixels : pixels.Slice(2, column, column + length);
            return byRow.MatMul(under.Swapped()).Fitted(new Shape(outputs * kernelHeight, inputs)).Reshape(1, outputs, kernelHeight, inputs);
        }).ToArray();
        return (products.Length == 1 ? products[0] : Tensor.Concat(0, products)).Transpose(1, 3, 2, 0);         // [out, in, kernel height, kernel width]
    }
}
