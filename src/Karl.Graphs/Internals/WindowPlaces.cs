namespace Karl.Graphs.Internals;

/// <summary>A window over the last two axes of <c>[batch, channels, height, width]</c>, seen kernel place by kernel place (tap by tap, row after row).</summary>
/// <param name="window">Size, steps, gaps and padding.</param>
/// <param name="image">What it slides over.</param>
/// <param name="rows">How many places it has vertically.</param>
/// <param name="columns">How many places it has horizontally.</param>
internal sealed class WindowPlaces(Window window, Tensor image, Dimension rows, Dimension columns)
{
    /// <summary>The window that slides over a node's first input and gives its output.</summary>
    public static WindowPlaces Of(GradientStep node, IReadOnlyList<long> kernel) =>
        new(Window.Of(node.Draft, 2, kernel), node[0], node.Output.Shape[2], node.Output.Shape[3]);

    /// <summary>Whether the windows are squares that lie side by side and cover the image.</summary>
    public bool Tile(out int size)
    {
        size = (int)window.Kernel[0];
        return window.Kernel[1] == size && window.Strides.All(stride => stride == window.Kernel[0]) && window.Dilations.All(gap => gap == 1)
            && window.Pads.All(count => count == 0) && image.Shape[2] == rows * size && image.Shape[3] == columns * size;
    }

    /// <summary>For each tap the pixels that come under it, <c>[batch, channels, rows, columns]</c>.</summary>
    /// <param name="padding">What stands around the image.</param>
    public IEnumerable<Tensor> Under(double padding = 0)
    {
        var graph = image.Graph;
        var padded = window.Pads.All(count => count == 0) ? image : image.Pad([0, 0, window.Pads[0], window.Pads[1]], [0, 0, window.Pads[2], window.Pads[3]], padding);
        return Taps().Select(tap =>
        {
            if (padded.Shape[2] == rows && padded.Shape[3] == columns && window.Strides.All(stride => stride == 1)) return padded;
            var ends = graph.LengthsOf([(rows - 1) * window.Strides[0] + (tap.Top + 1), (columns - 1) * window.Strides[1] + (tap.Left + 1)]);
            return graph.Apply1(Operator.Slice, null, padded, graph.Integers(tap.Top, tap.Left), ends, graph.Integers(2, 3), graph.Integers([.. window.Strides]));
        });
    }

    /// <summary>The sum over all taps of what each has for every place, put where the pixels under it are: <see cref="Under"/> transposed.</summary>
    /// <param name="part">For the tap of a number, <c>[batch, channels, rows, columns]</c>.</param>
    public Tensor Back(Func<int, Tensor> part)
    {
        var (height, width) = (image.Shape[2] + (window.Pads[0] + window.Pads[2]), image.Shape[3] + (window.Pads[1] + window.Pads[3]));
        var sum = Taps().Select((tap, index) =>
        {
            var spaced = part(index).Spaced(2, window.Strides[0] - 1).Spaced(3, window.Strides[1] - 1);
            return spaced.Surrounded([0, 0, tap.Top, tap.Left], [0, 0, height - tap.Top - spaced.Shape[2], width - tap.Left - spaced.Shape[3]]);
        }).Aggregate((total, next) => total + next);
        return sum.Part(2, window.Pads[0], image.Shape[2]).Part(3, window.Pads[1], image.Shape[3]);
    }

    /// <summary>How many pixels, without padding, each window has: <c>[rows, columns]</c>, or a single number where all have the same.</summary>
    public Tensor Counts(ElementType type)
    {
        var graph = image.Graph;
        if (window.Pads.All(count => count == 0)) return graph.Scalar(window.Kernel[0] * window.Kernel[1], type);
        var (vertical, horizontal) = (AlongAxis(0, image.Shape[2].Value, rows.Value), AlongAxis(1, image.Shape[3].Value, columns.Value));
        var counts = vertical.SelectMany(row => horizontal.Select(column => (double)(row * column))).ToArray();
        return graph.Constant(TensorData.From(counts, vertical.Length, horizontal.Length)).Cast(type);
    }

    private long[] AlongAxis(int axis, long length, long places) => [.. Enumerable.Range(0, (int)places).Select(place => (long)Enumerable.Range(0, (int)window.Kernel[axis])
        .Count(tap => place * window.Strides[axis] + tap * window.Dilations[axis] - window.Pads[axis] is var pixel && pixel >= 0 && pixel < length))];

    private IEnumerable<(long Top, long Left)> Taps() =>
        from row in Enumerable.Range(0, (int)window.Kernel[0])
        from column in Enumerable.Range(0, (int)window.Kernel[1])
        select (row * window.Dilations[0], column * window.Dilations[1]);
}
