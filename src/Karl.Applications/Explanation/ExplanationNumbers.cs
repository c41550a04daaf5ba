using System.Globalization;
using System.Text;
using System.Text.Json;
using Karl.Tokenizers.Imaging.Internals;

namespace Karl.Applications.Explanation;

/// <summary>The numbers of an explanation as files.</summary>
public static class ExplanationNumbers
{
    private const int Decimals = 7;

    /// <summary>A line for each token and place of the grid (RFC 4180, UTF-8): <c>position,code,row,column,change,attention</c>.</summary>
    public static string ToCsv(TokenExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        StringBuilder text = new("position,code,row,column,change,attention\r\n");
        foreach (TokenMap map in explanation.Maps)
        {
            for (int place = 0; place < map.Change.Length; place++)
            {
                string attention = map.Attention.IsEmpty ? string.Empty : Rounded(map.Attention[place]).ToString(CultureInfo.InvariantCulture);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{map.Position},{map.Code},{place / explanation.GridSize},{place % explanation.GridSize},{Rounded(map.Change[place])},{attention}\r\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Everything as JSON: settings, error, tokens with their maps, tokens and detail by region. Maps are lists of rows.</summary>
    public static string ToJson(TokenExplanation explanation, string image, string model)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        object content = new
        {
            image,
            model,
            epsilon = (double)(decimal)explanation.Tokens.Epsilon,
            budget = explanation.Tokens.Budget,
            tokens = explanation.Tokens.Count,
            error = Rounded(explanation.Error),
            grid = explanation.GridSize,
            regions = new
            {
                perSide = explanation.RegionsPerSide,
                detail = Rows(explanation.Detail),
                tokensByChange = Rows(explanation.TokensByRegion(TokenMeasure.Change)),
                tokensByAttention = explanation.HasAttention ? Rows(explanation.TokensByRegion(TokenMeasure.Attention)) : null,
                detailCorrelationByChange = explanation.DetailCorrelation(TokenMeasure.Change),
                detailCorrelationByAttention = explanation.HasAttention ? explanation.DetailCorrelation(TokenMeasure.Attention) : null,
            },
            maps = explanation.Maps.Select(map => new
            {
                position = map.Position,
                code = map.Code,
                change = Rows(map.Change.Select(value => (double)value)),
                attention = map.Attention.IsEmpty ? null : Rows(map.Attention.Select(value => (double)value)),
            }),
        };
        return JsonSerializer.Serialize(content) + "\n";
    }

    /// <summary>Writes a file in the form that its name ends with, <c>.csv</c> or <c>.json</c>; it is there whole or not at all.</summary>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    public static void Write(TokenExplanation explanation, string path, string image, string model)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => ToCsv(explanation),
            ".json" => ToJson(explanation, image, model),
            string other => throw new ArgumentException($"'{path}' ends with '{other}'; numbers are written as .csv or .json.", nameof(path)),
        };
        WholeFile.Write(path, Encoding.UTF8.GetBytes(content));
    }

    private static double[][] Rows(IEnumerable<double> values)
    {
        double[] all = [.. values.Select(Rounded)];
        return [.. all.Chunk((int)Math.Sqrt(all.Length))];
    }

    private static double Rounded(float value) => Rounded((double)value);

    private static double Rounded(double value) => Math.Round(value, Decimals);
}
