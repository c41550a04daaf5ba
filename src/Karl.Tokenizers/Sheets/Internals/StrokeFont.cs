using System.Globalization;
using System.Numerics;

namespace Karl.Tokenizers.Sheets.Internals;

/// <summary>A small font of our own: <see cref="StrokeGlyphs"/> as straight segments. It looks the same on every machine, which the system's fonts do not.</summary>
internal static class StrokeFont
{
    /// <summary>Height of a capital, in the units of glyphs.</summary>
    public const float CapitalHeight = 12;

    /// <summary>How far characters reach above capitals, in units.</summary>
    public const float Above = 1.5f;

    /// <summary>How far characters reach below the baseline, in units.</summary>
    public const float Below = 4.5f;

    /// <summary>Thickness of strokes, in units.</summary>
    public const float Thickness = 1.7f;

    /// <summary>Free space between characters, in units.</summary>
    public const float Spacing = 3.2f;

    private const int PiecesOfCurve = 8;
    private static readonly Dictionary<char, Glyph> Glyphs = StrokeGlyphs.Printable.ToDictionary(pair => pair.Key, pair => Parse(pair.Value));
    private static readonly Glyph Unknown = Parse(StrokeGlyphs.Unknown);

    /// <summary>The glyph of a character; a box for characters that the font does not have.</summary>
    public static Glyph Of(char character) => Glyphs.GetValueOrDefault(character, Unknown);

    private static Glyph Parse(string text)
    {
        string[] parts = text.Split('|');
        List<Segment> segments = [];
        foreach (string stroke in parts[1].Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Vector2[] points = [.. stroke.TrimStart('~', 'o').Split(' ').Select(ParsePoint)];
            Vector2[] corners = stroke[0] switch
            {
                '~' => [.. Curve(points)],
                'o' => [.. ClosedCurve(points)],
                _ => points,
            };
            if (corners.Length == 1)
            {
                segments.Add(new Segment(corners[0], corners[0]));
            }

            segments.AddRange(corners.Zip(corners.Skip(1), (from, to) => new Segment(from, to)));
        }

        return new Glyph(float.Parse(parts[0], CultureInfo.InvariantCulture), [.. segments]);
    }

    private static Vector2 ParsePoint(string point)
    {
        string[] coordinates = point.Split(',');
        return new Vector2(float.Parse(coordinates[0], CultureInfo.InvariantCulture), float.Parse(coordinates[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A quadratic B-spline from the first point to the last, as corners.</summary>
    private static IEnumerable<Vector2> Curve(Vector2[] points)
    {
        yield return points[0];
        Vector2 from = points[0];
        for (int index = 1; index < points.Length - 1; index++)
        {
            Vector2 to = index == points.Length - 2 ? points[^1] : (points[index] + points[index + 1]) / 2;
            foreach (Vector2 corner in Piece(from, points[index], to))
            {
                yield return corner;
            }

            from = to;
        }
    }

    /// <summary>A closed quadratic B-spline, which touches the sides of its control polygon in their middles.</summary>
    private static IEnumerable<Vector2> ClosedCurve(Vector2[] points)
    {
        Vector2 from = (points[^1] + points[0]) / 2;
        yield return from;
        for (int index = 0; index < points.Length; index++)
        {
            Vector2 to = (points[index] + points[(index + 1) % points.Length]) / 2;
            foreach (Vector2 corner in Piece(from, points[index], to))
            {
                yield return corner;
            }

            from = to;
        }
    }

    private static IEnumerable<Vector2> Piece(Vector2 from, Vector2 control, Vector2 to)
    {
        for (int piece = 1; piece <= PiecesOfCurve; piece++)
        {
            float place = (float)piece / PiecesOfCurve;
            yield return Vector2.Lerp(Vector2.Lerp(from, control, place), Vector2.Lerp(control, to, place), place);
        }
    }
}

/// <summary>A character.</summary>
/// <param name="Width">From its first stroke to its last, in units.</param>
/// <param name="Segments">What is drawn.</param>
internal sealed record Glyph(float Width, Segment[] Segments);

/// <summary>A straight piece of a stroke.</summary>
internal readonly record struct Segment(Vector2 From, Vector2 To);
