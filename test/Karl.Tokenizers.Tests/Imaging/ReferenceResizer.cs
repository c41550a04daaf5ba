using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>The slow clear version: resizes the whole image in two passes, then cuts out the centre.</summary>
internal static class ReferenceResizer
{
    public static byte[] ResizeAndCrop(RgbImage image, int size, Resampling resampling)
    {
        (int width, int height) = image.Width <= image.Height
            ? (size, (int)((double)(size * image.Height) / image.Width))
            : ((int)((double)(size * image.Width) / image.Height), size);
        byte[] wide = Pass(image.Pixels.ToArray(), image.Width, image.Height, width, resampling, horizontal: true);
        byte[] resized = Pass(wide, image.Height, width, height, resampling, horizontal: false);
        int left = (int)Math.Round((width - size) / 2.0, MidpointRounding.ToEven), top = (int)Math.Round((height - size) / 2.0, MidpointRounding.ToEven);
        byte[] result = new byte[size * size * 3];
        for (int y = 0; y < size; y++)
        {
            Array.Copy(resized, (((top + y) * width) + left) * 3, result, y * size * 3, size * 3);
        }

        return result;
    }

    /// <summary>Resizes one direction. Horizontal: <c>[lines, length, 3]</c>; vertical: <c>[length, lines, 3]</c>.</summary>
    private static byte[] Pass(byte[] source, int length, int lines, int outputLength, Resampling resampling, bool horizontal)
    {
        byte[] target = new byte[outputLength * lines * 3];
        for (int output = 0; output < outputLength; output++)
        {
            (int start, long[] weights) = Weights(length, outputLength, output, resampling);
            for (int line = 0; line < lines; line++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    long sum = 1 << 21;
                    for (int i = 0; i < weights.Length; i++)
                    {
                        int pixel = horizontal ? (line * length) + start + i : ((start + i) * lines) + line;
                        sum += weights[i] * source[(pixel * 3) + channel];
                    }

                    int at = horizontal ? (line * outputLength) + output : (output * lines) + line;
                    target[(at * 3) + channel] = (byte)Math.Clamp(sum >> 22, 0, 255);
                }
            }
        }

        return target;
    }

    private static (int Start, long[] Weights) Weights(int length, int outputLength, int output, Resampling resampling)
    {
        if (length == outputLength)
        {
            return (output, [1 << 22]);
        }

        double scale = (double)length / outputLength, stretch = Math.Max(1, scale), center = (output + 0.5) * scale;
        double support = (resampling == Resampling.Bicubic ? 2 : 1) * stretch;
        int start = Math.Max(0, (int)(center - support + 0.5)), end = Math.Min(length, (int)(center + support + 0.5));
        double[] exact = [.. Enumerable.Range(start, end - start).Select(i => Filter((i - center + 0.5) * (1 / stretch), resampling))];
        double sum = exact.Aggregate(0.0, (total, weight) => total + weight);
        return (start, [.. exact.Select(weight => (long)(weight / sum < 0 ? (weight / sum * 4194304) - 0.5 : (weight / sum * 4194304) + 0.5))]);
    }

    private static double Filter(double x, Resampling resampling)
    {
        x = Math.Abs(x);
        if (resampling == Resampling.Bilinear)
        {
            return x < 1 ? 1 - x : 0;
        }

        // Keys' cubic with a = -1/2, in PIL's order of operations.
        return x < 1 ? ((((-0.5 + 2) * x) - (-0.5 + 3)) * x * x) + 1 : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * -0.5 : 0;
    }
}
