using System.Collections.Immutable;
using System.Text.Json;

namespace Karl.Serving.Internals.Explanation;

/// <summary>Where each token matters.</summary>
/// <param name="Grid">Rows and columns of a map.</param>
/// <param name="Positions">Positions of the tokens.</param>
/// <param name="Maps">For each token <c>[grid, grid]</c>: mean absolute change of the pixels there when it is left out, 0 to 1.</param>
internal sealed record ExplanationMaps(int Grid, IReadOnlyList<int> Positions, IReadOnlyList<ImmutableArray<float>> Maps)
{
    private const int Steps = 255;

    /// <summary>As JSON: each map in whole steps from 0 to 255, of which the largest change of all is the last.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        float largest = Maps.SelectMany(map => map).DefaultIfEmpty(0).Max();
        json.WriteStartObject();
        json.WriteNumber("tokens", Maps.Count);
        json.WriteNumber("grid", Grid);
        json.WriteNumber("largest_change", Math.Round(largest, 5));
        json.WriteStartArray("positions");
        foreach (int position in Positions)
        {
            json.WriteNumberValue(position);
        }

        json.WriteEndArray();
        json.WriteStartArray("maps");
        foreach (ImmutableArray<float> map in Maps)
        {
            json.WriteStartArray();
            foreach (float change in map)
            {
                json.WriteNumberValue(largest > 0 ? (int)Math.Round(change / largest * Steps) : 0);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
