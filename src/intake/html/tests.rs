use super::{PageKind, Refusal, Sheet, Value, page, sheets};
use crate::intake::sheet::tests::shown;
use crate::model::CellRef;

fn sheet(text: &str) -> Sheet {
    let mut sheets = sheets(text).expect("readable");
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn cells(text: &str) -> Vec<String> {
    shown(&sheet(text))
}

/// As Excel 2003 writes one sheet.
const EXCEL: &str = r##"<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=ProgId content=Excel.Sheet>
<meta name=Generator content="Microsoft Excel 11">
<link rel=File-List href="评价表.files/filelist.xml">
<!--[if gte mso 9]><xml>
 <o:DocumentProperties><o:Author>某某</o:Author></o:DocumentProperties>
</xml><![endif]-->
<style>
<!--table
	{mso-displayed-decimal-separator:"\.";}
.xl24
	{mso-number-format:"Short Date";}
-->
</style>
<!--[if gte mso 9]><xml>
 <x:ExcelWorkbook>
  <x:ExcelWorksheets>
   <x:ExcelWorksheet>
    <x:Name>评价表 &amp;1</x:Name>
    <x:WorksheetOptions><x:Selected/></x:WorksheetOptions>
   </x:ExcelWorksheet>
  </x:ExcelWorksheets>
 </x:ExcelWorkbook>
 <x:ExcelName><x:Name>Print_Titles</x:Name><x:SheetIndex>1</x:SheetIndex></x:ExcelName>
</xml><![endif]-->
</head>

<body link=blue vlink=purple>

<table x:str border=0 cellpadding=0 cellspacing=0 width=504 style='border-collapse:
 collapse;table-layout:fixed;width:378pt'>
 <col width=72 span=7 style='width:54pt'>
 <tr height=25 style='height:18.75pt'>
  <td colspan=3 height=25 class=xl25 width=216 style='height:18.75pt;width:162pt'>星级学会<span
  style='mso-spacerun:yes'>&nbsp; </span>评价表</td>
  <td class=xl25></td>
 </tr>
 <tr height=19 style='display:none'>
  <td rowspan=2 height=38 class=xl26>第1部分</td>
  <td class=xl27 align=right x:num>25</td>
  <td class=xl24 align=right x:num="43317">2018/8/5</td>
  <td class=xl24 align=right x:num="43230">5月10日</td>
 </tr>
 <tr height=19>
  <td class=xl27 align=right x:num="0.30000000000000004">0.3<![if !supportAnnotations]><a
  class=msocomanchor id="_anchor_1" href="#_msocom_1">[1]</a><![endif]></td>
  <td class=xl27 x:str="说明  一 ">说明 一<span style='display:none'>（后面）</span></td>
  <td class=xl27 align=center x:err="#DIV/0!" x:fmla="=1/0">#DIV/0!</td>
 </tr>
 <tr height=19>
  <td colspan=2 class=xl27 style='mso-ignore:colspan'>写到旁边的长文字</td>
  <td class=xl27 align=right x:num="1234.5" x:fmla="=SUM(A1:A9)">1,234.50 </td>
  <td class=xl27 x:fmla="=A1"></td>
  <td class=xl27 align=center x:bool="TRUE">TRUE</td>
  <td class=xl27 align=right x:num x:fmla="=A1"></td>
  <td class=xl27 x:str="" x:fmla="=IF(A1,1,&quot;&quot;)"></td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=72 style='width:54pt'></td>
  <td width=72 style='width:54pt'></td>
 </tr>
 <![endif]>
</table>

<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>
<div style='mso-element:comment'><![if !supportAnnotations]><div>[1]<![endif]>批注<div>二</div>
<![if !supportAnnotations]></div><![endif]></div>
</div>
</body>

</html>
"##;

#[test]
fn a_sheet_that_excel_wrote_is_read_as_excel_shows_it() {
    let sheet = sheet(EXCEL);
    assert_eq!(sheet.name, "评价表 &1");
    assert_eq!(
        shown(&sheet),
        [
            "A1=星级学会  评价表",
            "A2=第1部分",
            "B2=25",
            "C2=2018-08-05",
            "D2=2018-05-10",
            "B3=0.3",
            "C3=说明  一 ",
            "D3=#DIV/0!",
            "A4=写到旁边的长文字",
            "C4=1234.5",
            "D4=",
            "E4=是",
            "F4=",
        ]
    );
    let at = |row, column| sheet.get(CellRef::new(row, column)).expect("a value");
    assert!(matches!(at(1, 1), Value::Number(_)));
    assert!(matches!(at(1, 2), Value::Date { .. }));
    assert!(matches!(at(2, 3), Value::Error(_)));
    assert!(matches!(at(3, 3), Value::NoCachedValue));
    assert!(!sheet.is_text());
    let end = |row, column| sheet.end_of(CellRef::new(row, column));
    assert_eq!(end(0, 0), CellRef::new(0, 2));
    assert_eq!(end(1, 0), CellRef::new(2, 0));
    assert_eq!(end(3, 0), CellRef::new(3, 0));
}

#[test]
fn a_sheet_that_wps_wrote_is_read() {
    let text = r#"<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
 <head>
  <meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
  <meta name="ProgId" content="Excel.Sheet"/>
  <meta name="Generator" content="WPS Office ET"/>
  <!--[if gte mso 9]>
   <xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>Sheet1</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml>
  <![endif]-->
  <style>td {mso-style-parent:style0; white-space:nowrap;}</style>
 </head>
 <body link="blue" vlink="purple">
  <table width="144" border="0" cellpadding="0" cellspacing="0" style='width:108.00pt;border-collapse:collapse;table-layout:fixed;'>
   <col width="72" span="2" style='width:54.00pt;'/>
   <tr height="19" style='height:14.25pt;'>
    <td class="xl65" height="19" colspan="2" style='height:14.25pt;border-right:none;' x:str>学会名称<br/>（全称）</td>
   </tr>
   <tr height="19">
    <td class="xl66" height="19" align="right" x:num="25.5">25.50</td>
    <td class="xl66" align="right" x:num>3</td>
   </tr>
   <![if supportMisalignedColumns]><tr width="0" style='display:none;'/><![endif]>
  </table>
 </body>
</html>"#;
    let sheet = sheet(text);
    assert_eq!(sheet.name, "Sheet1");
    assert_eq!(shown(&sheet), ["A1=学会名称\n（全称）", "A2=25.5", "B2=3"]);
    assert_eq!(sheet.end_of(CellRef::new(0, 0)), CellRef::new(0, 1));
}

#[test]
fn what_libreoffice_writes_keeps_its_exact_numbers() {
    let text = r##"<!DOCTYPE html><html><head><title>表</title></head><body><table cellspacing="0" border="0">
	<colgroup width="85"></colgroup>
	<tr><td height="17" align="left"><font face="宋体">得分</font></td>
		<td align="right" sdval="25.123456" sdnum="1033;0;0.00"><font color="#000000">25.12</font></td>
		<td align="right" sdval="43317" sdnum="1033;0;YYYY-MM-DD">2018-08-05</td></tr></table></body></html>"##;
    assert_eq!(cells(text), ["A1=得分", "B1=25.123456", "C1=2018-08-05"]);
}

#[test]
fn a_fraction_is_no_date() {
    let text = "<table><td x:num=0.5>1/2<td x:num=x>约3<td x:num='1e999'>大<td x:num>1,234";
    assert_eq!(cells(text), ["A1=0.5", "B1=约3", "C1=大", "D1=1234"]);
}

#[test]
fn a_web_system_s_page_holds_texts_only() {
    let text = "\r\n<meta http-equiv='Content-Type' content='text/html; charset=utf-8' />\
        <style>td{mso-number-format:'\\@'}</style><script>document.write('<table><tr><td>x')</script>\
        <title> 评价/汇总\r\n[2018] </title><h3>评价表<br>（初评）</h3><p>说明&nbsp;<b>一</b></p>\
        <table border=1><caption>表题</caption><thead><tr><th>编号<th>得分</thead>\
        <tbody><tr><td>1.1<td>25<tr></tr><tr><td>&nbsp;</td><td>&lt;无&gt;&#20013;<p>二</p>三<br><br>四</td></tr></tbody></table>\
        <table></table><table><tr><td>甲</td></tr></table>尾注<table><tr><td>乙</td></tr></table>";
    let sheet = sheet(text);
    assert_eq!(sheet.name, "评价_汇总 _2018_");
    assert!(sheet.is_text());
    assert_eq!(
        shown(&sheet),
        [
            "A1=评价表",
            "A2=（初评）",
            "A3=说明 一",
            "A4=表题",
            "A5=编号",
            "B5=得分",
            "A6=1.1",
            "B6=25",
            "B8=<无>中\n二\n三\n\n四",
            "A10=甲",
            "A11=尾注",
            "A12=乙",
        ]
    );
}

#[test]
fn tables_stand_one_below_the_other() {
    let text = "<table><tr><td>a</table><table><tr><td>b<tr><td>c</table><TABLE><TR><TD>d</TD></TR></TABLE>";
    assert_eq!(cells(text), ["A1=a", "A3=b", "A4=c", "A6=d"]);
}

#[test]
fn cells_stand_where_spans_leave_room() {
    let text = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td rowspan=99>e<td>f\
        <tr><td colspan=2>g<td>h</table><table><tr><td>i<td>j";
    let sheet = sheet(text);
    let expected = [
        "A1=a", "B1=b", "D1=c", "B2=d", "C2=e", "D2=f", "A3=g", "D3=h", "A5=i", "B5=j",
    ];
    assert_eq!(shown(&sheet), expected);
    let end = |row, column| sheet.end_of(CellRef::new(row, column));
    assert_eq!(end(0, 0), CellRef::new(1, 0));
    assert_eq!(end(0, 1), CellRef::new(0, 2));
    // It does not reach out of its table.
    assert_eq!(end(1, 2), CellRef::new(2, 2));
    assert_eq!(end(2, 0), CellRef::new(2, 1));
}

#[test]
fn a_table_in_a_cell_is_the_cell_s_text() {
    let text = "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>e</td>\
        <td>f</td></tr></table>";
    assert_eq!(cells(text), ["A1=a\nb c\nd\ne", "B1=f"]);
}

#[test]
fn what_is_not_shown_is_not_read() {
    let text = "<!-- <table><tr><td>x --><xml><x:Name>y</x:Name></xml><noscript>请启用脚本</noscript>\
        <table><tr>间<td>a<script>b</script><style>c</style><!-- d --><![if x]>e<![endif]></td>间</tr></table>";
    assert_eq!(cells(text), ["A1=ae"]);
    assert_eq!(cells("<xml><x:y>z<body><table><td>a"), ["A1=a"]);
    // LibreOffice's notes; this one is never closed.
    let text = "<table><td>a<comment>b</comment>c<td>d<comment>e<td>f";
    assert_eq!(cells(text), ["A1=ac", "B1=d", "C1=f"]);
}

#[test]
fn a_page_s_name_is_what_a_sheet_may_be_called() {
    let name = |head: &str| sheet(&format!("{head}<table><tr><td>a")).name;
    assert_eq!(name(""), "Sheet1");
    assert_eq!(name("<title>'  '</title>"), "Sheet1");
    assert_eq!(
        name(&format!("<title>{}</title>", "长".repeat(40))),
        "长".repeat(31)
    );
    let sheet = "<x:ExcelWorksheet><x:Name>一</x:Name></x:ExcelWorksheet>";
    assert_eq!(
        name(&format!(
            "<title>题</title><!--[if mso]>{sheet}<![endif]-->"
        )),
        "一"
    );
    assert_eq!(
        name(&format!("<title>题</title><!--{sheet}{sheet}-->")),
        "题"
    );
}

#[test]
fn a_page_is_looked_at_up_to_its_first_table() {
    for (text, expected) in [
        ("<html><TABLE", PageKind::NoTable),
        ("<html><TABLE>", PageKind::Table),
        (
            "<script>'<table>'</script><!-- <table> -->登录",
            PageKind::NoTable,
        ),
        (
            r#"<frameset rows="*,39"><frame src="评价表.files/sheet001.htm" name="frSheet"><frame src="评价表.files/tabstrip.htm"><noframes><table>"#,
            PageKind::Frames("评价表.files".to_owned()),
        ),
        (
            r#"<frameset><frame src="a\%E8%AF%84.files\sheet002.htm">"#,
            PageKind::Frames("….files".to_owned()),
        ),
        (
            "<frameset><frame src=menu.htm><noframes><table>",
            PageKind::NoTable,
        ),
    ] {
        assert_eq!(page(text), expected, "{text}");
    }
}

#[test]
fn hostile_pages_end() {
    let many = |start: &str, times: usize| format!("<table><tr>{}", start.repeat(times));
    // Read to the end: nothing of it is a value.
    for text in [
        many("<td>", 1_000_000),
        many("<tr>", 100_000),
        many("<td colspan=1000>", 20_000),
        many("<td rowspan=2>", 20_000),
        many(
            "<tr><td rowspan=99999999999999999999999 colspan=1000>",
            20_000,
        ),
        many("<table>", 100_000),
        many("<td><table>", 100_000),
        many("</table>", 100_000),
        many(
            "<td><![if !supportAnnotations]><div style='mso-element:comment-list'>",
            20_000,
        ),
        many("<xml><p>", 20_000),
        format!("<table {}>", "a b c d=e ".repeat(100_000)),
        format!("<table><td {}", "style='".repeat(100_001)),
        format!("<!--{}", "<!--".repeat(100_000)),
    ] {
        let sheet = sheet(&text);
        assert!(sheet.is_empty(), "{}", &text[..30]);
    }
    // More than any form: refused, with the limit that was met.
    let merged = many("<tr><td rowspan=2>", 100_001);
    assert!(matches!(sheets(&merged), Err(Refusal::OverLimits(_))));
    // A value beyond the last column.
    let far = format!("{}<td>x", many("<td colspan=1000>", 17));
    assert!(matches!(sheets(&far), Err(Refusal::Unreadable(_))));
}

#[test]
fn a_page_cut_off_anywhere_is_read_as_far_as_it_goes() {
    for cut in (0..EXCEL.len()).filter(|cut| EXCEL.is_char_boundary(*cut)) {
        assert!(sheets(&EXCEL[..cut]).is_ok(), "{cut}");
    }
}
