namespace Karl.Training.Steps.Internals;

/// <summary>
/// What learned positions begin as: sines and cosines of row and column (as in arXiv 2111.06377, appendix A.1), so that places which are near each other begin alike; and what latent
/// tokens begin as: the mean of the places that each stands for, the whole image first, then its quarters, sixteenths and so on.
/// </summary>
internal static class PlaceVectors
{
    private const double LongestWave = 10_000;

    /// <summary>Rows and columns count from 0 to this, however fine the grid is.</summary>
    private const double Edge = 8;

    /// <summary>The vectors of a square of places, <c>[width, size, size]</c>, each number from -1 to 1.</summary>
    public static float[] Square(int width, int size)
    {
        var places = Enumerable.Range(0, size * size).Select(place => Vector(width, Edge * (place / size) / size, Edge * (place % size) / size)).ToList();
        return [.. Enumerable.Range(0, width).SelectMany(index => places.Select(place => (float)place[index]))];
    }

    /// <summary>Zeros for the class token, then the vectors of a square of places, row after row, <c>[1 + size * size, width]</c>.</summary>
    public static float[] Rows(int count, int width)
    {
        var size = (int)Math.Round(Math.Sqrt(count - 1));
        return
        [
            .. new float[width],
            .. Enumerable.Range(0, size * size).SelectMany(place => Vector(width, Edge * (place / size) / size, Edge * (place % size) / size)).Select(number => (float)number),
        ];
    }

    /// <summary>
    /// What each round adds to its latent tokens, <c>[rounds, fresh, width]</c>, so that all rounds together stand for the same places as so many latent tokens of one round. The tokens
    /// themselves, which all rounds share, stand for the first places; see <see cref="Latents"/>.
    /// </summary>
    public static float[] Rounds(int rounds, int fresh, int width)
    {
        var all = Latents(width, rounds * fresh);
        return [.. all.Select((number, index) => number - all[index % (fresh * width)])];
    }

    /// <summary>The vectors of latent tokens, <c>[count, width]</c>, as long as those of places.</summary>
    public static float[] Latents(int width, int count)
    {
        List<double[]> vectors = [];
        for (var level = 0; vectors.Count < count; level++)
        {
            var edge = 1 << level;
            vectors.AddRange(Enumerable.Range(0, edge * edge).Select(number => Spread(number, level)).Take(count - vectors.Count).Select(cell => Region(width, cell.Row, cell.Column, edge)));
        }
        return [.. vectors.SelectMany(vector => vector.Select(number => (float)number))];
    }

    /// <summary>The cells of a square in an order of which every beginning is spread over the whole square.</summary>
    private static (int Row, int Column) Spread(int number, int level)
    {
        var (row, column) = (0, 0);
        for (var bit = 0; bit < level; bit++)
        {
            var quarter = number >> (2 * bit) & 3;                                      // 0, 1, 2, 3: a corner, the one across it, and the other two
            row = row * 2 | (quarter is 1 or 3 ? 1 : 0);
            column = column * 2 | (quarter is 1 or 2 ? 1 : 0);
        }
        return (row, column);
    }

    private static double[] Region(int width, int row, int column, int edge)
    {
        const int Samples = 8;
        var sum = new double[width];
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            var vector = Vector(width, Edge * (row + (sample / Samples + 0.5) / Samples) / edge, Edge * (column + (sample % Samples + 0.5) / Samples) / edge);
            for (var index = 0; index < width; index++) sum[index] += vector[index];
        }
        var scale = Math.Sqrt(width / 2.0 / sum.Sum(number => number * number));
        return Array.ConvertAll(sum, number => number * scale);
    }

    /// <summary>Half of the numbers for the row, half for the column; an odd one out is 0.</summary>
    private static double[] Vector(int width, double row, double column)
    {
        var (vector, waves) = (new double[width], width / 4);
        for (var wave = 0; wave < waves; wave++)
        {
            var frequency = Math.Pow(LongestWave, -(double)wave / waves);
            (vector[4 * wave], vector[4 * wave + 1]) = Math.SinCos(row * frequency);
            (vector[4 * wave + 2], vector[4 * wave + 3]) = Math.SinCos(column * frequency);
        }
        return vector;
    }
}
