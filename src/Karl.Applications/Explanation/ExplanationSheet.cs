using System.Globalization;
using Karl.Applications.Explanation.Internals;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Sheets.Internals;

namespace Karl.Applications.Explanation;

/// <summary>Draws an explanation to be looked at: image and reconstruction, tokens by region, and a map for each token in order.</summary>
public static class ExplanationSheet
{
    /// <summary>Draws one sheet.</summary>
    /// <param name="explanation">What to show.</param>
    /// <param name="title">A line above everything, such as the image's name.</param>
    /// <param name="model">What the model is called.</param>
    /// <exception cref="ArgumentException">The sheet would be too large for an image.</exception>
    public static RgbImage Draw(TokenExplanation explanation, string title, string model)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(model);
        TokenMeasure[] measures = explanation.HasAttention ? [TokenMeasure.Change, TokenMeasure.Attention] : [TokenMeasure.Change];
        ExplanationLayout layout = new(explanation.Original.Width, explanation.Maps.Length, measures.Length);
        RgbImage sheet = new(layout.Width, layout.Height);
        Painter.Fill(sheet, 0, 0, sheet.Width, sheet.Height, RgbColor.White);
        int width = layout.Width - (2 * ExplanationLayout.Margin);
        TextPainter.Draw(
            sheet, TextPainter.Fit(title, ExplanationLayout.TitleHeight, width), ExplanationLayout.Margin, ExplanationLayout.Margin, ExplanationLayout.TitleHeight, SheetColors.Title);
        Text(sheet, Subtitle(explanation, model), ExplanationLayout.Margin, ExplanationLayout.SubtitleTop, width);
        DrawImages(sheet, explanation, layout);
        for (int index = 0; index < measures.Length; index++)
        {
            DrawRegions(sheet, explanation, layout, measures[index], panel: 2 + index);
            DrawMaps(sheet, explanation, layout, measures[index], section: index);
        }

        return sheet;
    }

    private static string Subtitle(TokenExplanation explanation, string model) => string.Create(
        CultureInfo.InvariantCulture,
        $"{model}: {explanation.Tokens.Count} of {explanation.Tokens.Budget} tokens, asked for an error of {explanation.Tokens.Epsilon}, came back with {explanation.Error:0.0000} (mean absolute difference, 0 to 1)");

    private static void DrawImages(RgbImage sheet, TokenExplanation explanation, ExplanationLayout layout)
    {
        (RgbImage Image, string Label, string Note)[] panels =
        [
            (explanation.Original, "image as the model sees it", string.Empty),
            (explanation.Reconstruction, "from all tokens", string.Create(CultureInfo.InvariantCulture, $"error {explanation.Error:0.0000}")),
        ];
        for (int panel = 0; panel < panels.Length; panel++)
        {
            int left = ExplanationLayout.PanelLeft(panel, layout.Panel);
            Text(sheet, panels[panel].Label, left, ExplanationLayout.PanelLabelTop, layout.Panel);
            Painter.Copy(panels[panel].Image, sheet, left, ExplanationLayout.PanelTop, layout.Factor);
            Text(sheet, panels[panel].Note, left, layout.NoteTop, layout.Panel);
        }
    }

    private static void DrawRegions(RgbImage sheet, TokenExplanation explanation, ExplanationLayout layout, TokenMeasure measure, int panel)
    {
        IReadOnlyList<double> counts = explanation.TokensByRegion(measure);
        int left = ExplanationLayout.PanelLeft(panel, layout.Panel), side = explanation.RegionsPerSide;
        Text(sheet, measure == TokenMeasure.Change ? "tokens by region: by leaving out" : "tokens by region: by attention", left, ExplanationLayout.PanelLabelTop, layout.Panel);
        HeatPainter.Draw(sheet, explanation.Original, counts, counts.Max(), left, ExplanationLayout.PanelTop, layout.Panel);
        for (int index = 0; index < counts.Count; index++)
        {
            int x = left + (((2 * (index % side)) + 1) * layout.Panel / (2 * side)), y = ExplanationLayout.PanelTop + (((2 * (index / side)) + 1) * layout.Panel / (2 * side));
            HeatPainter.DrawNumber(sheet, counts[index].ToString(counts[index] < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture), x, y, ExplanationLayout.TextHeight);
        }

        Text(sheet, string.Create(CultureInfo.InvariantCulture, $"{counts.Min():0.0} to {counts.Max():0.0}, in all {counts.Sum():0.#}"), left, layout.NoteTop, layout.Panel);
        string correlation = explanation.DetailCorrelation(measure) is double number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "-";
        Text(sheet, $"rank correlation with detail {correlation}", left, layout.SecondNoteTop, layout.Panel);
    }

    private static void DrawMaps(RgbImage sheet, TokenExplanation explanation, ExplanationLayout layout, TokenMeasure measure, int section)
    {
        const int legendWidth = 120, legendHeight = 10;
        bool isChange = measure == TokenMeasure.Change;
        int top = layout.SectionTop(section), noteTop = layout.SectionNoteTop(section);
        string heading = isChange ? "What changes where a token is left out" : "Where the decoder attends to a token";
        TextPainter.Draw(sheet, heading, ExplanationLayout.Margin, top, ExplanationLayout.HeadingHeight, SheetColors.Name);
        string note = explanation.Maps.IsEmpty ? "no token was kept"
            : isChange ? "each token by its position: mean absolute change over the image"
            : "each token by its position: share of the decoder's attention, mean over the image, heads and blocks";
        Text(sheet, note, ExplanationLayout.Margin, noteTop, layout.Width);
        string most = "most of that token";
        int legend = layout.Width - ExplanationLayout.Margin - legendWidth - 12 - TextPainter.Measure(most, ExplanationLayout.TextHeight);
        HeatPainter.DrawLegend(sheet, legend, top, legendWidth, legendHeight);
        Text(sheet, "nothing", legend - 12 - TextPainter.Measure("nothing", ExplanationLayout.TextHeight), top, layout.Width);
        Text(sheet, most, legend + legendWidth + 12, top, layout.Width);
        for (int index = 0; index < explanation.Maps.Length; index++)
        {
            TokenMap map = explanation.Maps[index];
            double[] values = [.. map.Of(measure).Select(value => (double)value)];
            (int left, int tileTop) = layout.TilePlace(section, index);
            HeatPainter.Draw(sheet, explanation.Original, values, values.Max(), left, tileTop, layout.Tile);
            string amount = map.Mean(measure).ToString(isChange ? "0.0000" : "0.0 %", CultureInfo.InvariantCulture), position = map.Position.ToString(CultureInfo.InvariantCulture);
            string caption = TextPainter.Measure($"{position}: {amount}", ExplanationLayout.TextHeight) <= layout.Tile ? $"{position}: {amount}" : position;
            Text(sheet, caption, left, tileTop + layout.Tile + 5, layout.Tile);
        }
    }

    private static void Text(RgbImage sheet, string text, int left, int top, int width) =>
        TextPainter.Draw(sheet, TextPainter.Fit(text, ExplanationLayout.TextHeight, width), left, top, ExplanationLayout.TextHeight, SheetColors.Detail);
}
